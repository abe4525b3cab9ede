using System.Net;
using System.Text.RegularExpressions;

namespace CalendarActors.Bench;

/// <summary>A person without a browser: opens pages, fills forms by their labels, presses buttons by their names.</summary>
/// <param name="stopAt">A redirect to an address that starts with this is where the visit ends.</param>
internal sealed partial class PageVisitor(string stopAt) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
    private Uri _at = new("about:blank");
    private string _page = "";
    private (string Name, string Value)? _choice;

    public void Dispose() => _http.Dispose();

    /// <returns>The address that the visit ended at; null while there are pages.</returns>
    public Task<Uri?> OpenAsync(Uri address) => FollowAsync(new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>Chooses a radio button of the present page, instead of the one that is chosen.</summary>
    public void Choose(string name, string value) => _choice = (name, value);

    /// <summary>Whether the present page has a button.</summary>
    public bool Has(string button) => Form().Matches(_page).Any(match => HasButton(match.Value, button));

    /// <summary>Presses a button of the present page.</summary>
    public Task<Uri?> PressAsync(string button, params (string Label, string Value)[] fields)
    {
        string form = Form().Matches(_page).Select(match => match.Value).FirstOrDefault(text => HasButton(text, button))
            ?? throw new InvalidOperationException($"{_at} has no button {button}:\n{_page}");
        List<KeyValuePair<string, string>> values = [];
        foreach (Match match in Input().Matches(form))
        {
            string tag = match.Value;
            string type = Attribute(tag, "type") ?? "text";
            if (Attribute(tag, "name") is not { } name || type is "submit" or "button")
            {
                continue;
            }

            if (type is "radio" && _choice is { } choice && choice.Name == name)
            {
                if (Attribute(tag, "value") == choice.Value)
                {
                    values.Add(new(name, choice.Value));
                }

                continue;
            }

            if (type is "checkbox" or "radio" && !tag.Contains(" checked", StringComparison.Ordinal))
            {
                continue;
            }

            string? label = Labels(form).GetValueOrDefault(Attribute(tag, "id") ?? "");
            (string Label, string Value) given = Array.Find(fields, field => label?.StartsWith(field.Label, StringComparison.Ordinal) == true);
            values.Add(new(name, given.Label is null ? Attribute(tag, "value") ?? "" : given.Value));
        }

        string pressed = Button().Matches(form).First(match => IsNamed(match, button)).Value;
        if (Attribute(pressed, "name") is { } buttonName)
        {
            values.Add(new(buttonName, Attribute(pressed, "value") ?? ""));
        }

        string opening = form[..(form.IndexOf('>', StringComparison.Ordinal) + 1)];
        Uri action = new(_at, Attribute(pressed, "formaction") ?? Attribute(opening, "action") ?? _at.PathAndQuery);
        return string.Equals(Attribute(opening, "method"), "post", StringComparison.OrdinalIgnoreCase)
            ? FollowAsync(new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(values) })
            : FollowAsync(new HttpRequestMessage(HttpMethod.Get, $"{action.GetLeftPart(UriPartial.Path)}?{string.Join('&', values.Select(v => $"{Uri.EscapeDataString(v.Key)}={Uri.EscapeDataString(v.Value)}"))}"));
    }

    private async Task<Uri?> FollowAsync(HttpRequestMessage request)
    {
        for (int hop = 0; hop < 10; hop++)
        {
            using HttpResponseMessage response = await _http.SendAsync(request);
            _at = request.RequestUri!;
            if (response.Headers.Location is not { } location)
            {
                _page = await response.Content.ReadAsStringAsync();
                return response.IsSuccessStatusCode
                    ? null
                    : throw new InvalidOperationException($"{_at}: {(int)response.StatusCode}\n{_page}");
            }

            Uri target = new(_at, location);
            if (target.AbsoluteUri.StartsWith(stopAt, StringComparison.Ordinal))
            {
                return target;
            }

            request = new HttpRequestMessage(HttpMethod.Get, target);
        }

        throw new InvalidOperationException($"{_at} redirects without end.");
    }

    private static bool HasButton(string form, string name) => Button().Matches(form).Any(match => IsNamed(match, name));

    private static bool IsNamed(Match button, string name) =>
        WebUtility.HtmlDecode(Tag().Replace(button.Groups["text"].Value, "")).Trim() == name;

    private static Dictionary<string, string> Labels(string form) =>
        Label().Matches(form).ToDictionary(
            match => match.Groups["for"].Value,
            match => WebUtility.HtmlDecode(Tag().Replace(match.Groups["text"].Value, "")).Trim());

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"(?<value>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } match
            ? WebUtility.HtmlDecode(match.Groups["value"].Value)
            : null;

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Form();

    [GeneratedRegex("<input\\b[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Input();

    [GeneratedRegex("<button\\b[^>]*>(?<text>.*?)</button>", RegexOptions.Singleline, 1000)]
    private static partial Regex Button();

    [GeneratedRegex("<label\\b[^>]*for=\"(?<for>[^\"]*)\"[^>]*>(?<text>.*?)</label>", RegexOptions.Singleline, 1000)]
    private static partial Regex Label();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();
}

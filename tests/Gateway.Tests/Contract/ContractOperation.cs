using System.Text.Json;

namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>An operation of the document.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Element">What the document says of it.</param>
internal sealed record ContractOperation(string Method, string Path, JsonElement Element)
{
    /// <summary>As tests and people call it.</summary>
    public string Name => $"{Method} {Path}";

    /// <summary>The names of what its caller may show, each by itself; empty when nothing is needed.</summary>
    public IEnumerable<string> Schemes =>
        Element.GetProperty("security").EnumerateArray().SelectMany(one => one.EnumerateObject().Select(scheme => scheme.Name));

    /// <summary>The status of success; 403 for what is documented as not offered.</summary>
    public int Success => Element.GetProperty("responses").EnumerateObject()
        .Select(response => int.Parse(response.Name, System.Globalization.CultureInfo.InvariantCulture))
        .Where(status => status < 400).DefaultIfEmpty(403).Single();

    /// <summary>The example of its body; null when it takes none.</summary>
    public JsonElement? Body =>
        Element.TryGetProperty("requestBody", out JsonElement body)
            ? body.GetProperty("content").GetProperty("application/json").GetProperty("example")
            : null;

    /// <summary>What is documented for a status; null when nothing is.</summary>
    public JsonElement? Response(int status) =>
        Element.GetProperty("responses").TryGetProperty($"{status}", out JsonElement response) ? response : null;

    /// <summary>The JSON that is documented for a status; null when its body is empty.</summary>
    public JsonElement? Json(int status) =>
        Response(status) is { } response && response.TryGetProperty("content", out JsonElement content)
            ? content.GetProperty("application/json")
            : null;

    /// <summary>How well a path fits: how many of its segments are spelled alike, or -1 when it does not.</summary>
    public int Fits(string method, string path)
    {
        string[] wanted = Path.Split('/');
        string[] given = path.Split('/');
        if (method != Method || wanted.Length != given.Length)
        {
            return -1;
        }

        int alike = 0;
        foreach ((string pattern, string segment) in wanted.Zip(given))
        {
            if (pattern == segment)
            {
                alike++;
            }
            else if (!pattern.StartsWith('{') || segment.Length == 0)
            {
                return -1;
            }
        }

        return alike;
    }

    public override string ToString() => Name;
}

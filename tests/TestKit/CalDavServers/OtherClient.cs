using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

namespace CalendarActors.TestKit.CalDavServers;

/// <summary>A CalDAV client that shares no code with the product: the second person at the same calendar.</summary>
public sealed class OtherClient(string userName, string password)
{
    /// <summary>
    /// Connections to a server at once. Python's drop those beyond five that wait to be accepted, and each drop costs a second.
    /// </summary>
    public const int MostConnections = 4;

    private static readonly XNamespace Dav = "DAV:";

    // A connection for each request: these servers close idle ones without a word.
    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = MostConnections,
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
    });

    /// <summary>Creates or replaces a resource.</summary>
    public Task<HttpResponseMessage> PutAsync(Uri resource, string calendarText) =>
        SendAsync("PUT", resource, calendarText, "text/calendar; charset=utf-8");

    /// <summary>Creates or replaces a resource and insists on success.</summary>
    public async Task StoreAsync(string calendarId, string name, string calendarText)
    {
        using HttpResponseMessage response = await PutAsync(new Uri(new Uri(calendarId), name), calendarText);
        if (!response.IsSuccessStatusCode || (int)response.StatusCode == 207)
        {
            throw new InvalidOperationException($"PUT answered {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    /// <summary>Deletes a resource or a collection.</summary>
    public async Task DeleteAsync(Uri resource)
    {
        using HttpResponseMessage response = await SendAsync("DELETE", resource, null, null);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The text of a resource; null when it is not there.</summary>
    public async Task<string?> ReadAsync(Uri resource)
    {
        using HttpResponseMessage response = await SendAsync("GET", resource, null, null);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null;
    }

    /// <summary>The paths of the resources in a collection.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string calendarId)
    {
        var collection = new Uri(calendarId);
        using HttpResponseMessage response = await SendAsync(
            "PROPFIND",
            collection,
            "<propfind xmlns=\"DAV:\"><prop><getetag/></prop></propfind>",
            "application/xml",
            new KeyValuePair<string, string>("Depth", "1"));
        response.EnsureSuccessStatusCode();
        return [.. XDocument.Parse(await response.Content.ReadAsStringAsync())
            .Descendants(Dav + "href")
            .Select(href => new Uri(collection, href.Value.Trim()).AbsolutePath)
            .Where(path => path.Length > collection.AbsolutePath.Length && !path.EndsWith('/'))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Sends any request.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        string method, Uri address, string? body, string? contentType, params KeyValuePair<string, string>[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType!);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}")));
        return await Http.SendAsync(request, CancellationToken.None);
    }
}

using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Providers.Tests.CalDav;

/// <summary>A CalDAV server of one calendar with the bad habits of real ones, each to be switched on by itself.</summary>
public sealed class HostileCalDavServer : IAsyncDisposable
{
    public const string Password = "secret-password";
    public const string CalendarPath = "/dav/cal/";

    private static readonly XNamespace Dav = "DAV:";
    private static readonly XNamespace Cal = "urn:ietf:params:xml:ns:caldav";
    private static readonly XNamespace CalendarServer = "http://calendarserver.org/ns/";

    private readonly ScriptedServer _server = new();
    private readonly List<(long Sequence, string Name)> _log = [];
    private long _sequence = 1;

    /// <summary>Name and text of what is stored.</summary>
    public SortedDictionary<string, (string Text, long Version)> Resources { get; } = new(StringComparer.Ordinal);

    public ScriptedServer Requests => _server;

    public Uri Address => _server.Address;

    /// <summary>A token older than this is answered with an empty success and the present token.</summary>
    public long ForgottenBefore { get; set; }

    /// <summary>The token never moves: every report repeats every change.</summary>
    public bool RepeatsForEver { get; set; }

    /// <summary>An unknown token is answered with this status and an empty body.</summary>
    public int UnknownTokenStatus { get; set; } = 403;

    /// <summary>Errors of a PUT come inside a multistatus.</summary>
    public bool WrapsErrors { get; set; }

    /// <summary>If-Match and If-None-Match mean nothing.</summary>
    public bool IgnoresPreconditions { get; set; }

    /// <summary>PUT gives no etag, and what is stored is not what was sent.</summary>
    public bool Rewrites { get; set; }

    /// <summary>A multiget leaves out what is not there.</summary>
    public bool OmitsMissing { get; set; }

    /// <summary>A multiget leaves out what is there.</summary>
    public bool OmitsPresent { get; set; }

    /// <summary>A report of changes has at most this many rows and says so.</summary>
    public int TruncatesAt { get; set; } = int.MaxValue;

    public bool HasSync { get; set; } = true;

    public bool HasCTag { get; set; } = true;

    /// <summary>Where the home is said to be; null for this host.</summary>
    public string? HomeOrigin { get; set; }

    /// <summary>Rows that a listing has besides.</summary>
    public string ForeignRows { get; set; } = "";

    /// <summary>Asked before anything else; null lets the server answer.</summary>
    public Func<HttpContext, IResult?>? Intercept { get; set; }

    /// <summary>Called at the start of each PUT: another client may come in between.</summary>
    public Action? BeforePut { get; set; }

    public int Count(string method) => _server.Requests.Count(r => r.Method == method);

    public async Task StartAsync()
    {
        _server.Answer(Answer);
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    public void Put(string name, string text)
    {
        _log.Add((++_sequence, name));
        Resources[name] = (text, _sequence);
    }

    public void Remove(string name)
    {
        Resources.Remove(name);
        _log.Add((++_sequence, name));
    }

    private IResult Answer(HttpContext context)
    {
        if (Intercept?.Invoke(context) is { } intercepted)
        {
            return intercepted;
        }

        string expected = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"alice:{Password}"))}";
        if (context.Request.Headers.Authorization != expected)
        {
            return Results.Unauthorized();
        }

        string path = context.Request.Path.Value!;
        string body = new StreamReader(context.Request.Body).ReadToEndAsync().GetAwaiter().GetResult();
        string name = path.StartsWith(CalendarPath, StringComparison.Ordinal) ? path[CalendarPath.Length..] : "";
        return (context.Request.Method, path) switch
        {
            ("PROPFIND", "/.well-known/caldav") => Results.NotFound(),
            ("PROPFIND", "/") => Row("/", "<D:current-user-principal><D:href>/me/</D:href></D:current-user-principal>"),
            ("PROPFIND", "/me/") => Row("/me/", $"<C:calendar-home-set><D:href>{HomeOrigin}/dav/</D:href></C:calendar-home-set>"),
            ("PROPFIND", "/dav/") => Multistatus(Response(CalendarPath, CalendarProperties())),
            ("PROPFIND", CalendarPath) => context.Request.Headers["Depth"] == "0"
                ? Row(CalendarPath, CalendarProperties())
                : Multistatus(Response(CalendarPath, CalendarProperties()) + string.Concat(Resources.Select(EtagRow)) + ForeignRows),
            ("REPORT", CalendarPath) => body.Contains("sync-collection", StringComparison.Ordinal) ? Sync(body)
                : body.Contains("calendar-multiget", StringComparison.Ordinal) ? Multiget(body)
                : Multistatus(string.Concat(Resources.Select(EtagRow))),
            ("GET", _) when Resources.TryGetValue(name, out var found) => Text(context, found),
            ("PUT", _) when name.Length > 0 => Store(context, name, body),
            ("DELETE", _) when Resources.ContainsKey(name) => Deleted(name),
            _ => Results.NotFound(),
        };
    }

    private string CalendarProperties() =>
        "<D:resourcetype><D:collection/><C:calendar/></D:resourcetype><D:displayname>Calendar</D:displayname>"
        + (HasCTag ? $"<CS:getctag>c{_sequence}</CS:getctag>" : "")
        + (HasSync ? $"<D:sync-token>{Token}</D:sync-token>" : "");

    private string Token => RepeatsForEver ? "urn:t:1" : $"urn:t:{_sequence}";

    private IResult Sync(string body)
    {
        string token = XDocument.Parse(body).Descendants(Dav + "sync-token").First().Value;
        if (!long.TryParse(token.Split(':')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long since) && token.Length > 0)
        {
            return Results.Content(UnknownTokenStatus == 403 ? "<error xmlns=\"DAV:\"><valid-sync-token/></error>" : "", "application/xml", null, UnknownTokenStatus);
        }

        if (since < ForgottenBefore && token.Length > 0)
        {
            return Multistatus($"<D:sync-token>{Token}</D:sync-token>");
        }

        (long Sequence, string Name)[] changes = [.. _log.Where(c => RepeatsForEver || c.Sequence > since).GroupBy(c => c.Name).Select(g => g.Last()).OrderBy(c => c.Sequence)];
        string rows = string.Concat(changes.Take(TruncatesAt).Select(c => Resources.TryGetValue(c.Name, out var r)
            ? EtagRow(new(c.Name, r))
            : $"<D:response><D:href>{CalendarPath}{c.Name}</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>"));
        return changes.Length > TruncatesAt
            ? Multistatus($"{rows}<D:response><D:href>{CalendarPath}</D:href><D:status>HTTP/1.1 507 Insufficient Storage</D:status></D:response><D:sync-token>urn:t:{changes[TruncatesAt - 1].Sequence}</D:sync-token>")
            : Multistatus($"{rows}{ForeignRows}<D:sync-token>{Token}</D:sync-token>");
    }

    private IResult Multiget(string body) => Multistatus(string.Concat(XDocument.Parse(body).Descendants(Dav + "href").Select(h =>
    {
        string name = h.Value[CalendarPath.Length..];
        return Resources.TryGetValue(name, out var found)
            ? OmitsPresent ? "" : Response(h.Value, $"<D:getetag>\"{found.Version}\"</D:getetag>{new XElement(Cal + "calendar-data", found.Text)}")
            : OmitsMissing ? "" : $"<D:response><D:href>{h.Value}</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>";
    })));

    private IResult Store(HttpContext context, string name, string body)
    {
        BeforePut?.Invoke();
        bool isThere = Resources.TryGetValue(name, out var existing);
        string match = context.Request.Headers.IfMatch.ToString();
        int status = IgnoresPreconditions ? 0
            : context.Request.Headers.IfNoneMatch == "*" && isThere ? 412
            : match.Length > 0 && match != $"\"{existing.Version}\"" ? 412
            : 0;
        if (status != 0)
        {
            return WrapsErrors
                ? Multistatus($"<D:response><D:href>{CalendarPath}{name}</D:href><D:status>HTTP/1.1 {status} No</D:status></D:response>")
                : Results.StatusCode(status);
        }

        Put(name, Rewrites ? body.Replace("END:VEVENT", "X-SERVER:was here\r\nEND:VEVENT", StringComparison.Ordinal) : body);
        if (!Rewrites)
        {
            context.Response.Headers.ETag = $"\"{_sequence}\"";
        }

        return Results.StatusCode(isThere ? 204 : 201);
    }

    private IResult Deleted(string name)
    {
        Remove(name);
        return Results.NoContent();
    }

    private static IResult Text(HttpContext context, (string Text, long Version) found)
    {
        context.Response.Headers.ETag = $"\"{found.Version}\"";
        return Results.Text(found.Text, "text/calendar");
    }

    private static string EtagRow(KeyValuePair<string, (string Text, long Version)> resource) =>
        Response(CalendarPath + resource.Key, $"<D:getetag>\"{resource.Value.Version}\"</D:getetag><D:resourcetype/>");

    private static IResult Row(string path, string properties) => Multistatus(Response(path, properties));

    private static string Response(string path, string properties) =>
        $"<D:response><D:href>{path}</D:href><D:propstat><D:prop>{properties}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>";

    private static IResult Multistatus(string inner) => Results.Content(
        $"<D:multistatus xmlns:D=\"DAV:\" xmlns:C=\"{Cal}\" xmlns:CS=\"{CalendarServer}\">{inner}</D:multistatus>", "application/xml", null, 207);
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CalendarActors.Bench.Peers;

/// <summary>
/// A CalDAV server that costs next to nothing: every user <c>/uN/</c> has the same read-only set of calendars, made once
/// from the seed. What is measured is the client.
/// </summary>
internal static partial class CalDavPeer
{
    public const int EventsPerCalendar = 200;

    private static readonly XNamespace Dav = "DAV:";
    private static readonly XNamespace Cal = "urn:ietf:params:xml:ns:caldav";

    private static string[][] _texts = [];

    /// <param name="address">Where it listens.</param>
    /// <param name="former">For each calendar, how many events of former years it has beside those of the window, with commas between.</param>
    public static Task RunAsync(string address, string former)
    {
        DateTime start = SeededEvents.WindowStart(DateTime.UtcNow);
        _texts = [.. former.Split(',').Select((count, calendar) =>
            SeededEvents.Calendar(calendar, EventsPerCalendar, start)
                .Concat(Former(int.Parse(count, CultureInfo.InvariantCulture))).Select(Text).ToArray())];
        WebApplication app = PeerProgram.Server(address);
        app.Map("/{**path}", AnswerAsync);
        return app.RunAsync();
    }

    // The last of them 84 days ago, each 42 days before another 200.
    private static IEnumerable<SeededEvent> Former(int count) => Enumerable.Range(0, (count + EventsPerCalendar - 1) / EventsPerCalendar)
        .SelectMany(n => SeededEvents.Calendar(
            1_000 + n, Math.Min(EventsPerCalendar, count - (n * EventsPerCalendar)), DateTime.UtcNow.Date.AddDays(-42 * (n + 3))));

    /// <summary>An event as servers give it: about 670 bytes.</summary>
    private static string Text(SeededEvent item) => string.Join("\r\n",
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//calendaractors//bench//EN", "BEGIN:VEVENT", $"UID:{item.Id}",
        "DTSTAMP:20260101T000000Z", "CREATED:20260101T000000Z", "LAST-MODIFIED:20260101T000000Z",
        item.AllDay ? $"DTSTART;VALUE=DATE:{item.Start:yyyyMMdd}" : $"DTSTART:{item.Start:yyyyMMdd'T'HHmmss'Z'}",
        item.AllDay ? $"DTEND;VALUE=DATE:{item.End:yyyyMMdd}" : $"DTEND:{item.End:yyyyMMdd'T'HHmmss'Z'}",
        $"SUMMARY:{item.Summary}", $"DESCRIPTION:{item.Description}", $"LOCATION:{item.Location.Replace(",", "\\,", StringComparison.Ordinal)}",
        "STATUS:CONFIRMED", "TRANSP:OPAQUE", "SEQUENCE:0", "END:VEVENT", "END:VCALENDAR", "");

    private static async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers["DAV"] = "1, 3, calendar-access";
        string path = context.Request.Path.Value ?? "/";
        Match user = User().Match(path);
        if (!user.Success)
        {
            context.Response.StatusCode = 404;
            return;
        }

        XElement? answer = context.Request.Method switch
        {
            "PROPFIND" => Find(path, user.Groups["user"].Value, context.Request.Headers["Depth"] == "1"),
            "REPORT" => await ReportAsync(context, path),
            _ => null,
        };
        if (answer is null)
        {
            context.Response.StatusCode = 405;
            return;
        }

        context.Response.StatusCode = 207;
        context.Response.ContentType = "application/xml; charset=utf-8";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.ToString(SaveOptions.DisableFormatting)));
    }

    private static XElement Find(string path, string user, bool children)
    {
        if (CollectionPath().Match(path) is { Success: true } collection)
        {
            int calendar = int.Parse(collection.Groups["calendar"].Value, CultureInfo.InvariantCulture);
            return Multistatus([
                Collection(path, calendar),
                .. children ? Enumerable.Range(0, _texts[calendar].Length).Select(n => Resource(path, n, calendar: null)) : []]);
        }

        XElement own = Response(
            path,
            new XElement(Dav + "resourcetype", new XElement(Dav + "collection")),
            new XElement(Dav + "current-user-principal", new XElement(Dav + "href", $"/{user}/")),
            new XElement(Cal + "calendar-home-set", new XElement(Dav + "href", $"/{user}/cal/")));
        bool isHome = path.EndsWith("/cal/", StringComparison.Ordinal);
        return Multistatus([
            own,
            .. isHome && children ? Enumerable.Range(0, _texts.Length).Select(n => Collection($"/{user}/cal/c{n}/", n)) : []]);
    }

    private static async Task<XElement> ReportAsync(HttpContext context, string path)
    {
        XElement report = await XElement.LoadAsync(context.Request.Body, LoadOptions.None, context.RequestAborted);
        int calendar = int.Parse(CollectionPath().Match(path).Groups["calendar"].Value, CultureInfo.InvariantCulture);
        return report.Name.LocalName == "calendar-multiget"
            ? Multistatus(report.Elements(Dav + "href").Select(href =>
                Resource(path, int.Parse(href.Value[(href.Value.LastIndexOf('/') + 1)..^4], CultureInfo.InvariantCulture), calendar)))
            : Multistatus([new XElement(Dav + "sync-token", "urn:sync:1")]);
    }

    private static XElement Collection(string path, int calendar) => Response(
        path,
        new XElement(Dav + "resourcetype", new XElement(Dav + "collection"), new XElement(Cal + "calendar")),
        new XElement(Dav + "displayname", $"Calendar {calendar}"),
        new XElement(Dav + "sync-token", "urn:sync:1"),
        new XElement(XNamespace.Get("http://calendarserver.org/ns/") + "getctag", "\"1\""));

    private static XElement Resource(string path, int number, int? calendar) => Response(
        $"{path}{number.ToString(CultureInfo.InvariantCulture)}.ics",
        new XElement(Dav + "getetag", "\"1\""),
        new XElement(Dav + "resourcetype"),
        calendar is { } index ? new XElement(Cal + "calendar-data", _texts[index][number]) : null);

    private static XElement Response(string path, params XElement?[] properties) =>
        new(Dav + "response",
            new XElement(Dav + "href", path),
            new XElement(Dav + "propstat", new XElement(Dav + "prop", properties), new XElement(Dav + "status", "HTTP/1.1 200 OK")));

    private static XElement Multistatus(IEnumerable<XElement> rows) => new(Dav + "multistatus", rows);

    [GeneratedRegex("^/(?<user>u\\d+)/", RegexOptions.None, 1000)]
    private static partial Regex User();

    [GeneratedRegex("^/u\\d+/cal/c(?<calendar>\\d+)/$", RegexOptions.None, 1000)]
    private static partial Regex CollectionPath();
}

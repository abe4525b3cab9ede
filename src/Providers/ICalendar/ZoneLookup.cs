using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Providers.ICalendar;

/// <summary>What the <c>TZID</c>s of one resource mean: by name, else by what its <c>VTIMEZONE</c> says.</summary>
/// <remarks>A zone that nobody can tell is UTC: wrong by hours at worst, where dropping the event would show a free day.</remarks>
internal sealed class ZoneLookup
{
    // Matching a definition against the database costs milliseconds: a resource with hundreds of them is hostile.
    private const int MaxMatches = 16;

    private readonly Dictionary<string, string?> _known = new(StringComparer.Ordinal);
    private readonly CalendarComponent? _calendar;
    private int _matches;

    private ZoneLookup(CalendarComponent? calendar) => _calendar = calendar;

    /// <summary>Knows zones by their names only.</summary>
    public static ZoneLookup None => new(null);

    /// <summary>Knows the definitions of this calendar too.</summary>
    public static ZoneLookup Of(CalendarComponent calendar) => new(calendar);

    /// <summary>True for the names of UTC.</summary>
    public static bool IsUtc(string zoneId) => zoneId is "UTC" or "Etc/UTC" or "Etc/GMT" or "GMT" or "UCT" or "Etc/UCT"
        or "Zulu" or "Etc/Zulu" or "Universal" or "Etc/Universal" or "Greenwich" or "Etc/Greenwich" or "GMT0" or "Etc/GMT0";

    /// <summary>An IANA id; null for UTC, and for zones that nobody can tell.</summary>
    public string? Find(string zone)
    {
        if (!_known.TryGetValue(zone, out string? id))
        {
            id = ZoneIds.Resolve(zone) ?? MatchDefinition(zone);
            _known[zone] = id = id is null || IsUtc(id) ? null : id;
        }

        return id;
    }

    /// <summary>The zone that a calendar's <c>VTIMEZONE</c> describes, as in <c>calendar-timezone</c>; null if none.</summary>
    public static string? OfDefinition(CalendarComponent calendar)
    {
        string? name = calendar.ComponentsNamed("VTIMEZONE").FirstOrDefault()?.Line("TZID")?.Value;
        return name is null ? null : ZoneIds.Resolve(name) ?? Of(calendar).MatchDefinition(name);
    }

    private string? MatchDefinition(string zone)
    {
        CalendarComponent? definition = _calendar?.ComponentsNamed("VTIMEZONE")
            .FirstOrDefault(c => c.Line("TZID")?.Value.Trim() == zone.Trim());
        if (definition is null || ++_matches > MaxMatches)
        {
            return null;
        }

        string? hint = definition.Line("X-LIC-LOCATION")?.Value;
        List<ZoneObservance> observances = [.. definition.Components.Take(64).Select(Observance).OfType<ZoneObservance>()];
        return ZoneIds.Resolve(hint) ?? (observances.Count == 0 ? null : ZoneMatcher.Match(observances, Span(), hint));
    }

    private static ZoneObservance? Observance(CalendarComponent component)
    {
        if (component.Line("DTSTART") is not { } start
            || CalendarTimeText.Read(start.Value, null, null, None) is not { } onset
            || ReadOffset(component.Line("TZOFFSETFROM")?.Value) is not { } from
            || ReadOffset(component.Line("TZOFFSETTO")?.Value) is not { } to)
        {
            return null;
        }

        ContentLine? rule = component.Line("RRULE");
        return new ZoneObservance(from, to, onset.Local, rule is null ? null : RecurrenceText.Parse(rule.Value, onset, None))
        {
            FurtherOnsets =
            [
                .. component.LinesNamed("RDATE").SelectMany(l => l.Value.Split(','))
                    .Select(v => CalendarTimeText.Read(v, null, null, None)).OfType<CalendarTime>()
                    .Take(512).Select(t => t.Local),
            ],
        };
    }

    private static Offset? ReadOffset(string? value)
    {
        ReadOnlySpan<char> text = value.AsSpan().Trim();
        if (text.Length is not (5 or 7) || text[0] is not ('+' or '-') || !int.TryParse(text[1..3], out int hours)
            || !int.TryParse(text[3..5], out int minutes) || hours > 17 || minutes > 59)
        {
            return null;
        }

        int seconds = text.Length == 7 && int.TryParse(text[5..7], out int s) && s < 60 ? s : 0;
        return Offset.FromSeconds((text[0] == '-' ? -1 : 1) * ((hours * 3600) + (minutes * 60) + seconds));
    }

    private Interval Span()
    {
        int[] years = _calendar!.ComponentsNamed("VEVENT")
            .Select(e => e.Line("DTSTART"))
            .OfType<ContentLine>()
            .Select(l => CalendarTimeText.Read(l.Value, null, null, None)?.Local.Year)
            .OfType<int>()
            .DefaultIfEmpty(2024)
            .ToArray();
        int first = Math.Clamp(years.Min(), 1970, 2090);
        int last = Math.Clamp(years.Max(), first, first + 20) + 4;
        return new Interval(Instant.FromUtc(first, 1, 1, 0, 0), Instant.FromUtc(last, 1, 1, 0, 0));
    }
}

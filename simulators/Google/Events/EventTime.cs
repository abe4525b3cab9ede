using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Wire;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Simulators.Google.Events;

/// <summary>An event's start or end: a day, or a moment in a zone.</summary>
/// <param name="Day">Set for an all-day event.</param>
/// <param name="At">The moment; of a day, its midnight in the calendar's zone.</param>
/// <param name="Zone">The zone it was given in; of a day, the calendar's.</param>
internal sealed record EventTime(LocalDate? Day, Instant At, DateTimeZone Zone)
{
    private static readonly InstantPattern BasicUtc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");
    private static readonly LocalDatePattern BasicDay = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");
    private static readonly OffsetDateTimePattern Written =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<Z+HH:mm>");

    public bool IsDay => Day is not null;

    /// <summary>What an instance's id ends in.</summary>
    public string Suffix => Day is { } day ? BasicDay.Format(day) : BasicUtc.Format(At);

    /// <summary>Reads what a client sent, or what is stored.</summary>
    /// <param name="json">The object with <c>date</c> or <c>dateTime</c>.</param>
    /// <param name="which"><c>start</c> or <c>end</c>, for the message.</param>
    /// <param name="calendarZone">The calendar's zone.</param>
    public static EventTime Read(JsonObject json, string which, DateTimeZone calendarZone)
    {
        string? date = json.Text("date"), dateTime = json.Text("dateTime"), zoneId = json.Text("timeZone");
        if ((date is null) == (dateTime is null))
        {
            throw date is null ? GoogleProblemException.Required($"Missing {which} time.") : Invalid(which);
        }

        if (date is not null)
        {
            var day = LocalDatePattern.Iso.Parse(date);
            return day.Success
                ? new(day.Value, calendarZone.AtStartOfDay(day.Value).ToInstant(), calendarZone)
                : throw Invalid(which);
        }

        DateTimeZone? zone = zoneId is null
            ? null
            : Zones.Find(zoneId) ?? throw GoogleProblemException.Invalid($"Invalid time zone definition for {which} time.");
        var exact = OffsetDateTimePattern.ExtendedIso.Parse(dateTime!);
        if (exact.Success)
        {
            return new(null, WholeSecond(exact.Value.ToInstant()), zone ?? calendarZone);
        }

        var local = LocalDateTimePattern.ExtendedIso.Parse(dateTime!);
        return (local.Success, zone) switch
        {
            (false, _) => throw Invalid(which),
            (true, null) => throw GoogleProblemException.Required($"Missing time zone definition for {which} time."),
            _ => new(null, WholeSecond(local.Value.InZoneLeniently(zone).ToInstant()), zone),
        };
    }

    /// <summary>As Google writes it: moments with the offset of the calendar's zone.</summary>
    public JsonObject Write(DateTimeZone calendarZone) => Day is { } day
        ? new JsonObject { ["date"] = LocalDatePattern.Iso.Format(day) }
        : new JsonObject
        {
            ["dateTime"] = Written.Format(At.InZone(calendarZone).ToOffsetDateTime()),
            ["timeZone"] = Zone.Id,
        };

    /// <summary>The same length after another start.</summary>
    public static EventTime EndFrom(EventTime start, EventTime seriesStart, EventTime seriesEnd)
    {
        if (start.Day is { } day && seriesStart.Day is { } firstDay && seriesEnd.Day is { } lastDay)
        {
            LocalDate end = day.PlusDays(Period.DaysBetween(firstDay, lastDay));
            return new(end, start.Zone.AtStartOfDay(end).ToInstant(), start.Zone);
        }

        return new(null, start.At + (seriesEnd.At - seriesStart.At), seriesEnd.Zone);
    }

    private static Instant WholeSecond(Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    private static GoogleProblemException Invalid(string which) =>
        GoogleProblemException.Invalid($"Invalid {which} time.");
}

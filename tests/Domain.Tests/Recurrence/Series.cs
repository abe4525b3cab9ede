using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using NodaTime;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>Builds and expands calendar objects from the texts of iCalendar properties.</summary>
internal static class Series
{
    internal static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    internal static CalendarObject Of(string start, string end, params string[] rules) => new()
    {
        Uid = "series",
        Master = new EventDefinition(Rrule.Time(start), Rrule.Time(end), Named("master")),
        Rules = [.. rules.Select(Rrule.Parse)],
    };

    internal static CalendarObject Excluding(this CalendarObject series, params string[] times) =>
        series with { Excluded = [.. times.Select(Rrule.Time)] };

    internal static CalendarObject Adding(this CalendarObject series, string start, string? end = null) =>
        series with { Added = series.Added.Add(new(Rrule.Time(start), end is null ? null : Rrule.Time(end))) };

    internal static CalendarObject Overriding(
        this CalendarObject series,
        string recurrenceId,
        string start,
        string end,
        string name = "override",
        bool thisAndFuture = false,
        EventStatus status = EventStatus.Confirmed) => series with
        {
            Overrides = series.Overrides.Add(new EventOverride(
                Rrule.Time(recurrenceId),
                thisAndFuture,
                new EventDefinition(Rrule.Time(start), Rrule.Time(end), Named(name) with { Status = status }))),
        };

    internal static EventContent Named(string name) => EventContent.Empty with { Summary = name };

    internal static Interval Window(string from, string to) => new(At(from), At(to));

    internal static Expansion Expand(this CalendarObject series, string from, string to, DateTimeZone? zone = null) =>
        RecurrenceExpander.Expand(series, Window(from, to), zone ?? Berlin);

    /// <summary>Starts and ends as UTC texts: what is left of an occurrence when no kind or zone can hide a fault.</summary>
    internal static string[] InUtc(this Expansion expansion) =>
        [.. expansion.Occurrences.Select(o => $"{o.StartsAt:uuuu-MM-dd'T'HH:mm}/{o.EndsAt:uuuu-MM-dd'T'HH:mm}")];

    internal static string[] Starts(this Expansion expansion) =>
        [.. expansion.Occurrences.Select(o => $"{o.StartsAt:uuuu-MM-dd'T'HH:mm}")];

    internal static string[] Named(this Expansion expansion) =>
        [.. expansion.Occurrences.Select(o => $"{o.StartsAt:uuuu-MM-dd'T'HH:mm} {o.Content.Summary}")];

    private static Instant At(string text) => Rrule.Time(text.Contains('T') ? text : text + "T000000Z").ToInstant(DateTimeZone.Utc);
}

using System.Collections.Immutable;

namespace CalendarActors.Providers.ICalendar;

/// <summary>
/// The alarms of an event that are ours to speak of: shown or sounded, a span before the start. Mails, absolute times,
/// alarms at the end and those switched off are others' and are never touched.
/// </summary>
internal static class Reminders
{
    private const int MaxMinutes = 60 * 24 * 366;

    /// <summary>True for a span that an alarm can have.</summary>
    public static bool IsWritable(int minutes) => minutes is >= 0 and <= MaxMinutes;

    /// <summary>Minutes before the start, each once, in the order in which they are written.</summary>
    public static ImmutableArray<int> Read(CalendarComponent calendarEvent) =>
        [.. calendarEvent.Components.Select(MinutesOf).OfType<int>().Distinct()];

    /// <summary>Makes the alarms say <paramref name="minutes"/>, keeping each alarm that says one of them already.</summary>
    public static void Write(CalendarComponent calendarEvent, ImmutableArray<int> minutes)
    {
        ILookup<int, CalendarComponent> own = calendarEvent.Components
            .Where(c => MinutesOf(c) is not null)
            .ToLookup(c => MinutesOf(c)!.Value);
        calendarEvent.Components.RemoveAll(c => MinutesOf(c) is not null);
        calendarEvent.Components.AddRange(
            minutes.SelectMany(m => own.Contains(m) ? own[m] : [Alarm(m, calendarEvent)]));
    }

    private static int? MinutesOf(CalendarComponent component)
    {
        ContentLine? trigger = component.Line("TRIGGER");
        if (component.Name != "VALARM" || trigger is null
            || component.Line("ACTION")?.Value.Trim().ToUpperInvariant() is not ("DISPLAY" or "AUDIO")
            || trigger.Parameter("RELATED")?.ToUpperInvariant() == "END"
            || DurationText.Parse(trigger.Value) is not { } span)
        {
            return null;
        }

        long minutes = -((span.Days * 1440L) + (span.Seconds / 60));
        return minutes is >= 0 and <= MaxMinutes ? (int)minutes : null;
    }

    private static CalendarComponent Alarm(int minutes, CalendarComponent calendarEvent)
    {
        var alarm = new CalendarComponent("VALARM");
        alarm.Lines.Add(ContentLine.Create("ACTION", "DISPLAY"));
        alarm.Lines.Add(ContentLine.Create("DESCRIPTION", calendarEvent.Line("SUMMARY")?.Value is { Length: > 0 } s ? s : "Reminder"));
        alarm.Lines.Add(ContentLine.Create("TRIGGER", minutes == 0 ? "PT0S" : $"-PT{minutes}M"));
        return alarm;
    }
}

namespace CalendarActors.Providers.Tests.ICalendar;

/// <summary>Puts lines together to iCalendar text.</summary>
internal static class CalendarTexts
{
    public static string Event(params string[] lines) => Calendar(Component("VEVENT", ["UID:u@example.com", "SUMMARY:Title", .. lines]));

    public static string Calendar(params string[] components) => Component("VCALENDAR", ["VERSION:2.0", "PRODID:-//X//EN", .. components]) + "\r\n";

    public static string Component(string name, params string[] lines) =>
        string.Join("\r\n", new[] { $"BEGIN:{name}" }.Concat(lines.Where(l => l.Length > 0)).Append($"END:{name}"));

    public static string Alarm(params string[] lines) => Component("VALARM", lines);
}

using NodaTime;

namespace CalendarActors.Domain.Events;

/// <summary>How much an application may write into one event.</summary>
/// <remarks>
/// Source: docs.cronofy.com, "Create or update event", for summary, description and reminders. The others are ours: what
/// no provider keeps is refused at the door instead of being lost behind it.
/// </remarks>
public static class EventLimits
{
    /// <summary>Characters of an application's own id.</summary>
    public const int EventId = 255;

    /// <summary>Characters of a title.</summary>
    public const int Summary = 1024;

    /// <summary>Characters of a description.</summary>
    public const int Description = 4096;

    /// <summary>Characters of a place.</summary>
    public const int Location = 1024;

    /// <summary>Characters of a link.</summary>
    public const int Url = 2048;

    /// <summary>Characters of a display name.</summary>
    public const int DisplayName = 256;

    /// <summary>How many reminders.</summary>
    public const int Reminders = 5;

    /// <summary>Minutes before the start at which a reminder may be set: four weeks, as at the largest provider.</summary>
    public const int ReminderMinutes = 28 * 24 * 60;

    /// <summary>How many people one change may invite or take off.</summary>
    public const int Attendees = 300;

    /// <summary>The largest interval of a recurrence rule.</summary>
    public const int RecurrenceInterval = 1_000;

    /// <summary>The largest count of a recurrence rule.</summary>
    public const int RecurrenceCount = 10_000;

    /// <summary>The first day on which an event may start.</summary>
    public static LocalDate FirstDay { get; } = new(1900, 1, 1);

    /// <summary>The last day on which an event may end.</summary>
    public static LocalDate LastDay { get; } = new(2199, 12, 31);
}

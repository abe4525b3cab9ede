using NodaTime;

namespace CalendarActors.Domain.Availability;

/// <summary>How much may be asked and kept.</summary>
/// <remarks>The vendor names few of these: its elements ask for 35 days and 512 results.</remarks>
public static class AvailabilityLimits
{
    /// <summary>Rules that an application may keep for a person.</summary>
    public const int Rules = 100;

    /// <summary>Weekly periods of one rule.</summary>
    public const int WeeklyPeriods = 100;

    /// <summary>Available periods that an application may keep for a person.</summary>
    public const int Periods = 1_000;

    /// <summary>Characters of the application's id of a rule or period.</summary>
    public const int IdLength = 64;

    /// <summary>Groups of one question.</summary>
    public const int Groups = 10;

    /// <summary>People of one question, in all groups together.</summary>
    public const int Members = 100;

    /// <summary>Periods of one question, and of one member of it.</summary>
    public const int QueryPeriods = 500;

    /// <summary>Starts of one question.</summary>
    public const int QuerySlots = 2_048;

    /// <summary>The last moment of time that anything is asked or said about.</summary>
    public static Instant Last { get; } = Instant.FromUtc(2200, 1, 1, 0, 0);

    /// <summary>Days that the periods or starts of one question may cover, from the first to the last.</summary>
    public const int Days = 35;

    /// <summary>Minutes of the longest meeting.</summary>
    public const int DurationMinutes = 24 * 60;

    /// <summary>Minutes of the longest buffer.</summary>
    public const int BufferMinutes = 24 * 60;

    /// <summary>Times that one answer has, at most and unless fewer are wanted.</summary>
    public const int Results = 512;

    /// <summary>Constraints of one member.</summary>
    public const int Constraints = 10;

    /// <summary>Events of one question that are left out.</summary>
    public const int ExcludedEvents = 50;

    /// <summary>Bookable events of one question.</summary>
    public const int BookableEvents = 100;

    /// <summary>Starts of one question that are explained.</summary>
    public const int Explained = 50;

    /// <summary>Seconds that a question may wait for calendars to be asked.</summary>
    public const int WaitSeconds = 8;

    /// <summary>Seconds that it waits where nobody says.</summary>
    public const int DefaultWaitSeconds = 4;

    /// <summary>Minutes that may lie between two starts.</summary>
    public static IReadOnlyList<int> StepMinutes { get; } = [5, 10, 15, 20, 30, 60];

    /// <summary>Minutes between two starts where nobody says: as many as the meeting has, but at most 30.</summary>
    /// <param name="durationMinutes">Of the meeting.</param>
    public static int DefaultStep(int durationMinutes) =>
        StepMinutes.LastOrDefault(step => step <= Math.Min(durationMinutes, 30), StepMinutes[0]);
}

namespace CalendarActors.Domain.Availability;

/// <summary>How the times are given at which people can meet.</summary>
/// <remarks>Source: docs.cronofy.com, "Availability Query", response_format.</remarks>
public enum AvailabilityFormat
{
    /// <summary>Stretches at least as long as the meeting, in each of which it may begin whenever it still fits.</summary>
    Periods = 0,

    /// <summary>Exactly as long as the meeting, none overlapping another: from the earliest on, each as soon as can be.</summary>
    Slots = 1,

    /// <summary>Exactly as long as the meeting, at every start that is possible.</summary>
    OverlappingSlots = 2,
}

namespace CalendarActors.Domain.Channels;

/// <summary>Why a channel closed by itself. The numbers are stored.</summary>
public enum CloseReason
{
    /// <summary>Its callback answered 410.</summary>
    Gone = 0,

    /// <summary>A delivery was tried for the whole window in vain.</summary>
    GivenUp = 1,
}

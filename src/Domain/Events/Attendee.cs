namespace CalendarActors.Domain.Events;

/// <summary>Somebody invited to an event (RFC 5545 section 3.8.4.1).</summary>
/// <param name="Email">Mail address without <c>mailto:</c>.</param>
/// <param name="DisplayName">Name to show; null when the provider gave none.</param>
/// <param name="Status">Their answer.</param>
public sealed record Attendee(string Email, string? DisplayName, ParticipationStatus Status)
{
    /// <summary>True when both name the same mailbox, letter case aside.</summary>
    public bool IsSameMailbox(string email) => string.Equals(Email, email, StringComparison.OrdinalIgnoreCase);

    /// <summary>Prints no address: attendees never reach a log.</summary>
    public override string ToString() => $"Attendee({Status})";
}

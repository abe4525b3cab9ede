namespace CalendarActors.Domain.Events;

/// <summary>Who called the meeting (RFC 5545 section 3.8.4.3).</summary>
/// <param name="Email">Mail address without <c>mailto:</c>.</param>
/// <param name="DisplayName">Name to show; null when the provider gave none.</param>
public sealed record Organizer(string Email, string? DisplayName)
{
    /// <summary>Prints no address.</summary>
    public override string ToString() => "Organizer";
}

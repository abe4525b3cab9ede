namespace CalendarActors.Simulators.Google.Watch;

/// <summary>An open channel.</summary>
internal sealed class Channel
{
    public required string Id { get; init; }

    public required string Email { get; init; }

    /// <summary>The calendar whose events it is about; null for the user's list of calendars.</summary>
    public required string? CalendarId { get; init; }

    public required Uri Address { get; init; }

    public required string? Token { get; init; }

    public required string ResourceId { get; init; }

    public required string ResourceUri { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public long Number { get; set; }
}

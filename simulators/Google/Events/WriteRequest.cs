namespace CalendarActors.Simulators.Google.Events;

/// <summary>What a write says besides its body.</summary>
/// <param name="Email">Who writes.</param>
/// <param name="Method">HTTP method.</param>
internal sealed record WriteRequest(string Email, string Method)
{
    /// <summary>The etag that must be current; null writes over anything.</summary>
    public string? IfMatch { get; init; }

    public string? SendUpdates { get; init; }

    /// <summary>0 leaves conferences alone, 1 takes them from the body.</summary>
    public int ConferenceVersion { get; init; }

    /// <summary>False leaves attachments alone, true takes them from the body.</summary>
    public bool SupportsAttachments { get; init; }
}

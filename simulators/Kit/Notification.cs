using System.Collections.Immutable;

namespace CalendarActors.Simulators.Kit;

/// <summary>A message that a provider sends to a subscriber.</summary>
/// <param name="Channel">The channel or subscription it is of.</param>
/// <param name="Address">Where it goes.</param>
public sealed record Notification(string Channel, Uri Address)
{
    /// <summary>Headers.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>JSON body; null sends none.</summary>
    public string? Body { get; init; }

    /// <summary>The same message with a wrong secret, as an attacker would send it; null when there is no secret.</summary>
    public Notification? Forgery { get; init; }

    /// <summary>Never lost, doubled, delayed or forged: a handshake.</summary>
    public bool IsCertain { get; init; }
}

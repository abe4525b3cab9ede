namespace CalendarActors.Simulators.Graph.OAuth;

/// <summary>An authorization code that was not redeemed yet.</summary>
internal sealed record PendingCode(Grant Grant, string RedirectUri, string? Challenge, string? Nonce, DateTimeOffset Expires);

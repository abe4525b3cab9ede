namespace CalendarActors.Simulators.Google.Auth;

/// <summary>What one user allowed the client.</summary>
internal sealed class Grant
{
    public HashSet<string> Scopes { get; } = new(StringComparer.Ordinal);

    /// <summary>Live refresh tokens with their scopes and birth, the oldest first.</summary>
    public List<(string Token, IReadOnlySet<string> Scopes, DateTimeOffset Issued)> RefreshTokens { get; } = [];
}

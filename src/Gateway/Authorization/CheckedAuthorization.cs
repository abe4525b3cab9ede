namespace CalendarActors.Gateway.Authorization;

/// <summary>An authorization request that is worth a person's time.</summary>
internal sealed record CheckedAuthorization(
    string ClientId,
    string ApplicationName,
    string RedirectUri,
    string? State,
    string Scope,
    string? CodeChallenge,
    string? ProviderName,
    bool AvoidsLinking,
    string? LinkToken)
{
    public override string ToString() => ClientId;
}

namespace CalendarActors.Gateway.Authorization;

/// <summary>What becomes of an authorization request whose redirect URI is good.</summary>
/// <param name="Error">An error of RFC 6749 4.1.2.1 for the redirect URI; null when it goes on.</param>
/// <param name="Description">For the application's developer; null when it goes on.</param>
/// <param name="State">Given back unchanged; null when there was none.</param>
/// <param name="Request">What to ask the person; null when refused.</param>
internal sealed record AuthorizeVerdict(string? Error, string? Description, string? State, CheckedAuthorization? Request)
{
    public static AuthorizeVerdict Refused(string error, string description, string? state) =>
        new(error, description, state, null);
}

using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Authorization;

/// <summary>A request that must get nothing.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Build">Makes it for a victim.</param>
/// <param name="Status">The exact status.</param>
/// <param name="Error">The exact <c>error</c>, of the body or of the redirect; null for a page.</param>
internal sealed record HostileRequest(
    string Name, Func<HostileScene, HttpRequestMessage> Build, int Status, string? Error)
{
    /// <summary>True when the error is sent to the application's redirect URI.</summary>
    public bool IsRedirect => Status == 303;
}

/// <summary>A victim, and an attacker who is an application of its own.</summary>
/// <param name="Victim">The application attacked.</param>
/// <param name="Attacker">Another application.</param>
/// <param name="Code">A good code of the victim, bound to <paramref name="Verifier"/>.</param>
/// <param name="PlainCode">A good code of the victim without PKCE.</param>
/// <param name="Verifier">What the first code takes.</param>
/// <param name="AccessToken">A good one of the victim, for <c>read_events</c> only.</param>
/// <param name="RefreshToken">Likewise.</param>
/// <param name="Sub">The victim's account.</param>
internal sealed record HostileScene(
    TestApplication Victim,
    TestApplication Attacker,
    string Code,
    string PlainCode,
    string Verifier,
    string AccessToken,
    string RefreshToken,
    string Sub);

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Extensions.Options;

namespace CalendarActors.Grains.Authorization;

/// <summary>A person's way to the provider and back (RFC 6749 4.1, with PKCE).</summary>
/// <remarks>
/// What goes with them is derived from the request and a number that is stored: <c>state</c> and the verifier need no
/// place of their own, and a number that is gone makes the way back worthless.
/// </remarks>
internal sealed class ProviderTrip(IProviderCatalog providers, DerivedKeys keys, IOptions<PublicUrlOptions> publicUrl)
{
    private const int StateBytes = 24;

    /// <summary>Where providers send people back to.</summary>
    public Uri Callback => new(publicUrl.Value.Base + "/connect/callback");

    /// <summary>Where the person goes; null when the provider does not issue tokens or is not offered.</summary>
    public Uri? AddressOf(string requestId, TripState trip, string? loginHint)
    {
        string verifier = Verifier(requestId, trip);
        string challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return LoginOf(trip.ProviderName)?.AuthorizeUri(
            trip.ProviderName, requestId + "." + Proof(requestId, trip), challenge, Callback, loginHint);
    }

    /// <summary>True when a person comes back from this trip, and not from an older one or another's.</summary>
    public bool IsReturn(string requestId, TripState trip, string proof) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Proof(requestId, trip)), Encoding.UTF8.GetBytes(proof));

    /// <summary>Exchanges the code that they brought, and finds out who they are there.</summary>
    public async Task<ProviderResult<ProvedAccount>> ExchangeAsync(
        string requestId, TripState trip, string code, CancellationToken cancellationToken)
    {
        ICalendarProvider provider = providers.Find(trip.ProviderName)!;
        ProviderResult<OAuthTokens> tokens = await provider.Login!.ExchangeAsync(
            trip.ProviderName, code, Verifier(requestId, trip), Callback, cancellationToken);
        if (!tokens.IsSuccess)
        {
            return tokens.Fault;
        }

        ProviderResult<ProviderAccount> account = await provider.ConnectAsync(
            new ProviderAccess(trip.ProviderName, null, null, tokens.Value.AccessToken), cancellationToken);
        return account.IsSuccess ? new ProvedAccount(account.Value, ProvedTokens.Of(tokens.Value)) : account.Fault;
    }

    /// <summary>Whether a person goes there to log in, rather than typing a password here.</summary>
    public IOAuthLogin? LoginOf(string providerName) => providers.Find(providerName)?.Login;

    private string Proof(string requestId, TripState trip) =>
        Base64Url.EncodeToString(Derive("state", requestId, trip).AsSpan(0, StateBytes));

    private string Verifier(string requestId, TripState trip) => Base64Url.EncodeToString(Derive("verifier", requestId, trip));

    private byte[] Derive(string purpose, string requestId, TripState trip) => HMACSHA256.HashData(
        keys.Links.Span, Encoding.UTF8.GetBytes($"trip {purpose} {requestId} {trip.ProviderName} {Convert.ToHexStringLower(trip.Number.AsSpan())}"));
}

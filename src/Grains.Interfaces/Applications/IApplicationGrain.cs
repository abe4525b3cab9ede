using System.Collections.Immutable;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Interfaces.Owed;
using NodaTime;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Applications;

/// <summary>An integrator's registration, and the budget of requests that it has. Key: <c>app_…</c>, the client id.</summary>
[Alias("application"), GrainInterfaceType("application")]
public interface IApplicationGrain : IOwesWork
{
    /// <summary>Makes it, with its first secret. The key must be new.</summary>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    [Alias("register")]
    Task<NewSecret> Register(RegisterApplication request, CancellationToken cancellationToken);

    /// <summary>What an operator and a person may see of it; null when there is none.</summary>
    [Alias("view"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<ApplicationView?> View(CancellationToken cancellationToken);

    /// <summary>One more secret, which is live at once beside the others.</summary>
    [Alias("add-secret")]
    Task<AddSecretAnswer> AddSecret(CancellationToken cancellationToken);

    /// <summary>Ends a secret at once.</summary>
    [Alias("remove-secret")]
    Task<RemoveSecretOutcome> RemoveSecret(string secretId, CancellationToken cancellationToken);

    /// <summary>Ends the application at once; its grants are taken away afterwards. Repeating it is harmless.</summary>
    /// <returns>False when there is no such application.</returns>
    [Alias("delete")]
    Task<bool> Delete(CancellationToken cancellationToken);

    /// <summary>Who calls, by the hash of a secret.</summary>
    /// <param name="secretHash">SHA-256 of the secret.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null when it is none of the live secrets, or the application is gone.</returns>
    [Alias("authenticate"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<AuthenticatedClient?> Authenticate(ImmutableArray<byte> secretHash, CancellationToken cancellationToken);

    /// <summary>The live secrets, sealed, to sign notifications with; empty when there is no such application.</summary>
    [Alias("signing-secrets"), AlwaysInterleave]
    Task<ImmutableArray<SigningSecret>> SigningSecrets(CancellationToken cancellationToken);

    /// <summary>Permits for requests within the next second.</summary>
    /// <remarks>
    /// Repeatable although a call that is made twice takes, or gives back, once too often: budgets are in memory and good for
    /// a second, and the alternative is to refuse the request.
    /// </remarks>
    /// <param name="wanted">How many, 1 or more.</param>
    /// <param name="unused">How many of this gateway's last lease were not used.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("lease"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<RateLease> Lease(int wanted, int unused, CancellationToken cancellationToken);

    /// <summary>Stores a file that may be attached to events afterwards.</summary>
    /// <param name="file">Checked before.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its id, <c>att_…</c>; null when the application has as many as it may have, or is gone.</returns>
    [Alias("upload"), AlwaysInterleave]
    Task<string?> Upload(AttachmentContent file, CancellationToken cancellationToken);
}

/// <summary>A registration by the operator, checked before.</summary>
/// <param name="Name">For people, 1 to 100 characters.</param>
/// <param name="RedirectUris">See <see cref="Domain.Applications.RedirectUris"/>.</param>
/// <param name="RotatesRefreshTokens">True to give a new refresh token with each refresh.</param>
[GenerateSerializer, Immutable, Alias("register-application")]
public sealed record RegisterApplication(
    [property: Id(0)] string Name,
    [property: Id(1)] ImmutableArray<string> RedirectUris,
    [property: Id(2)] bool RotatesRefreshTokens);

/// <summary>A secret just made: shown this once.</summary>
/// <param name="Id"><c>sec_…</c>: names it without telling it.</param>
/// <param name="Text">The secret.</param>
[GenerateSerializer, Immutable, Alias("new-secret")]
public sealed record NewSecret([property: Id(0)] string Id, [property: Id(1)] string Text)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"NewSecret({Id})";
}

/// <summary>What adding a secret came to.</summary>
/// <param name="Exists">False when there is no such application.</param>
/// <param name="Secret">The new secret; null when there are as many as may be, or no application.</param>
[GenerateSerializer, Immutable, Alias("add-secret-answer")]
public sealed record AddSecretAnswer([property: Id(0)] bool Exists, [property: Id(1)] NewSecret? Secret);

/// <summary>What removing a secret came to.</summary>
public enum RemoveSecretOutcome
{
    /// <summary>It is good no more.</summary>
    Removed = 0,

    /// <summary>There is no such secret or application.</summary>
    NotFound = 1,

    /// <summary>It is the last one, without which the application could do nothing: it stays.</summary>
    LastOne = 2,
}

/// <summary>An application without its secrets.</summary>
/// <param name="ClientId"><c>app_…</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="RedirectUris">Compared character by character.</param>
/// <param name="RotatesRefreshTokens">True when each refresh gives a new refresh token.</param>
/// <param name="Secrets">The live ones, oldest first.</param>
/// <param name="Created">When it was registered.</param>
[GenerateSerializer, Immutable, Alias("application-view")]
public sealed record ApplicationView(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string Name,
    [property: Id(2)] ImmutableArray<string> RedirectUris,
    [property: Id(3)] bool RotatesRefreshTokens,
    [property: Id(4)] ImmutableArray<SecretView> Secrets,
    [property: Id(5)] Instant Created);

/// <summary>A secret without its text.</summary>
/// <param name="Id"><c>sec_…</c>.</param>
/// <param name="Created">When it was made.</param>
[GenerateSerializer, Immutable, Alias("secret-view")]
public sealed record SecretView([property: Id(0)] string Id, [property: Id(1)] Instant Created);

/// <summary>An application that proved who it is.</summary>
/// <param name="ClientId"><c>app_…</c>.</param>
/// <param name="RotatesRefreshTokens">Its setting.</param>
[GenerateSerializer, Immutable, Alias("authenticated-client")]
public sealed record AuthenticatedClient([property: Id(0)] string ClientId, [property: Id(1)] bool RotatesRefreshTokens);

/// <summary>A client secret to sign with.</summary>
/// <param name="Id"><c>sec_…</c>; the field of <see cref="PlaceIn"/>.</param>
/// <param name="Sealed">Its text, sealed there.</param>
[GenerateSerializer, Immutable, Alias("signing-secret")]
public sealed record SigningSecret([property: Id(0)] string Id, [property: Id(1)] SealedSecret Sealed)
{
    /// <summary>Where an application's secret is stored.</summary>
    /// <param name="clientId"><c>app_…</c>.</param>
    /// <param name="secretId"><c>sec_…</c>.</param>
    public static SecretPlace PlaceIn(string clientId, string secretId) => new("application", clientId, secretId);
}

/// <summary>Permits for one second.</summary>
/// <param name="IsGone">True when there is no such application (any more): refuse its tokens.</param>
/// <param name="Permits">0 or more, never more than wanted.</param>
/// <param name="RetryAfterSeconds">1 or more when there are no permits, else 0.</param>
[GenerateSerializer, Immutable, Alias("rate-lease")]
public sealed record RateLease(
    [property: Id(0)] bool IsGone, [property: Id(1)] int Permits, [property: Id(2)] int RetryAfterSeconds);

using System.Collections.Immutable;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Authorization;
using NodaTime;

namespace CalendarActors.Grains.Authorization;

[GenerateSerializer, Alias("authorization-request-state")]
internal sealed record AuthorizationRequestState
{
    /// <summary>What an application asks, for somebody perhaps known.</summary>
    public static AuthorizationRequestState Asked(
        BeginAuthorization request, Instant expiresAt, string? providerName, string? personId, string? connectionId) => new()
        {
            BrowserHash = request.BrowserHash,
            ExpiresAt = expiresAt,
            ClientId = request.ClientId,
            ApplicationName = request.ApplicationName,
            RedirectUri = request.RedirectUri,
            State = request.State,
            Scope = request.Scope,
            CodeChallenge = request.CodeChallenge,
            ProviderName = providerName,
            PersonId = personId,
            ConnectionId = connectionId,
            IsLinked = request.IsLinked,
        };

    [Id(0)]
    public int Version { get; init; } = 1;

    [Id(1)]
    public ImmutableArray<byte> BrowserHash { get; init; } = [];

    [Id(2)]
    public Instant ExpiresAt { get; init; }

    /// <summary>Empty when a person reconnects a login.</summary>
    [Id(3)]
    public string ClientId { get; init; } = "";

    [Id(4)]
    public string? ApplicationName { get; init; }

    [Id(5)]
    public string RedirectUri { get; init; } = "";

    [Id(6)]
    public string? State { get; init; }

    [Id(7)]
    public string Scope { get; init; } = "";

    [Id(8)]
    public string? CodeChallenge { get; init; }

    [Id(9)]
    public string? ProviderName { get; init; }

    /// <summary>Who new logins join: from the browser's cookie, or made with the first login.</summary>
    [Id(10)]
    public string? PersonId { get; init; }

    /// <summary>The login connected or confirmed last; null before there is one, and then nothing can be allowed.</summary>
    [Id(11)]
    public string? ConnectionId { get; init; }

    /// <summary>The login to reconnect; null when an application asks.</summary>
    [Id(12)]
    public string? RelinkOf { get; init; }

    [Id(13)]
    public int Attempts { get; init; }

    /// <summary>A proved login of another account, sealed for that account until the person has answered.</summary>
    [Id(14)]
    public SealedSecret? Pending { get; init; }

    [Id(15)]
    public string? PendingOwner { get; init; }

    /// <summary>The person is at a provider; null when they are not, or are back.</summary>
    [Id(16)]
    public TripState? Trip { get; init; }

    /// <summary>A link token named the person: nobody else's login is taken, and the browser is not told who they are.</summary>
    [Id(17)]
    public bool IsLinked { get; init; }

    /// <summary>Who the browser may remember that it is; null when nobody.</summary>
    public string? Remembered => IsLinked ? null : PersonId;

    /// <summary>Where it stands.</summary>
    public RequestStage Stage => this switch
    {
        { PendingOwner: not null } => RequestStage.ConfirmOwner,
        { ConnectionId: null } => RequestStage.Choose,
        { RelinkOf: not null } => RequestStage.Reconnected,
        _ => RequestStage.Consent,
    };
}

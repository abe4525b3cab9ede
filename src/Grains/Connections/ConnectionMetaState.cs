using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Connections;

/// <summary>A connection's identity, health and calendars, as stored.</summary>
[GenerateSerializer, Immutable, Alias("connection-meta-state")]
internal sealed record ConnectionMetaState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>Whose it is; null when it is nobody's.</summary>
    [Id(1)]
    public string? PersonId { get; init; }

    /// <summary>A value of <c>provider_name</c>.</summary>
    [Id(2)]
    public string ProviderName { get; init; } = "";

    /// <summary>What the person recognizes it by.</summary>
    [Id(3)]
    public string ProfileName { get; init; } = "";

    /// <summary>Mail address; null when unknown.</summary>
    [Id(4)]
    public string? Email { get; init; }

    /// <summary>Whether it works.</summary>
    [Id(5)]
    public ConnectionState State { get; init; }

    /// <summary>Why it does not.</summary>
    [Id(6)]
    public string? Reason { get; init; }

    /// <summary>Rises with every change that its person's list shows.</summary>
    [Id(7)]
    public long Version { get; init; }

    /// <summary>Its calendars, deleted ones included.</summary>
    [Id(8)]
    public ImmutableArray<ConnectedCalendarState> Calendars { get; init; } = [];

    /// <summary>Definitive refusals in a row of the credential that is stored.</summary>
    [Id(9)]
    public int Refusals { get; init; }

    /// <summary>When the first of them happened.</summary>
    [Id(10)]
    public Instant? FirstRefusal { get; init; }

    /// <summary>The provider asked to be left alone until then.</summary>
    [Id(11)]
    public Instant? NotBefore { get; init; }

    /// <summary>When the calendars were last listed.</summary>
    [Id(12)]
    public Instant? LastListed { get; init; }

    /// <summary>What the provider can say changes in the list of calendars since; null when it cannot, or must list them all.</summary>
    [Id(13)]
    public string? ListCursor { get; init; }

    /// <summary>What listens to changes in the list of calendars, oldest first; empty where it is only listed.</summary>
    [Id(14)]
    public ImmutableArray<WatchState> Watches { get; init; } = [];

    /// <summary>Failed attempts to start or renew such a watch, in a row.</summary>
    [Id(15)]
    public int WatchFailures { get; init; }

    /// <summary>No attempt before then.</summary>
    [Id(16)]
    public Instant? WatchNotBefore { get; init; }

    /// <summary>True once each of its calendars was read once; stays so when others come.</summary>
    [Id(17)]
    public bool IsInitiallySynced { get; init; }

    /// <summary>True while somebody has it, working or not.</summary>
    public bool IsClaimed => PersonId is not null && State != ConnectionState.Revoked;

    /// <summary>The same with a login that was just proved, and calendars that were just listed.</summary>
    public ConnectionMetaState Anew(Instant now) => this with
    {
        Refusals = 0,
        FirstRefusal = null,
        NotBefore = null,
        LastListed = now,
        Watches = WatchState.Doubted(Watches, now),
    };

    /// <summary>How its person's list shows it.</summary>
    public ConnectionSummary SummaryOf(string connectionId) => new(
        connectionId,
        Version,
        ProviderName,
        ProfileName,
        Email,
        State,
        Reason,
        Calendars.Any(c => !c.HasSynced && !c.Summary.IsDeleted),
        [.. Calendars.Select(c => c.Summary)]);
}

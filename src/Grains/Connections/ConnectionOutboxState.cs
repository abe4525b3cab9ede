using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Connections;

/// <summary>What a connection owes others, as stored: the row exists only while there is something.</summary>
/// <remarks>Duties say what to look at, not what to do: whoever carries them out acts on the state of that moment.</remarks>
[GenerateSerializer, Immutable, Alias("connection-outbox-state")]
internal sealed record ConnectionOutboxState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>The person's list shows something else.</summary>
    [Id(1)]
    public bool TellPerson { get; init; }

    /// <summary>Calendars that must learn whether to run, pause or forget.</summary>
    [Id(2)]
    public ImmutableArray<string> TellCalendars { get; init; } = [];

    /// <summary>The calendars must be listed, out of turn.</summary>
    [Id(3)]
    public bool List { get; init; }

    /// <summary>The person who had it, when it was taken away.</summary>
    [Id(4)]
    public string? FormerPersonId { get; init; }

    /// <summary>Failures in a row.</summary>
    [Id(5)]
    public int Attempts { get; init; }

    /// <summary>No attempt before then.</summary>
    [Id(6)]
    public Instant? NotBefore { get; init; }

    /// <summary>The login that was taken away: it ends its watches and is revoked at the provider, as well as can be.</summary>
    [Id(7)]
    public FormerLoginState? FormerLogin { get; init; }

    /// <summary>What the person must be told, in its order, once their list shows it.</summary>
    [Id(8)]
    public ImmutableArray<OwedNewsState> News { get; init; } = [];

    /// <summary>True when nothing is owed.</summary>
    public bool IsEmpty => !TellPerson && TellCalendars.IsEmpty && !List && FormerPersonId is null && FormerLogin is null
        && News.IsEmpty;

    /// <summary>The same with news, due at once; several of one kind are one.</summary>
    /// <param name="news">What a change makes; empty for nothing.</param>
    /// <param name="stored">The version before it: what claims to be of a later one was never stored.</param>
    public ConnectionOutboxState With(ImmutableArray<OwedNewsState> news, long stored) => news.IsEmpty
        ? this
        : this with
        {
            News =
            [
                .. News.Where(n => n.Version <= stored && !news.Any(m => m.Kind == n.Kind && m.PersonId == n.PersonId)),
                .. news.Select(m => News.FirstOrDefault(n => n.Version <= stored && n.Kind == m.Kind && n.PersonId == m.PersonId)
                    is { } untold ? m with { Since = untold.Since } : m),
            ],
            Attempts = 0,
            NotBefore = null,
        };

    /// <summary>The same with more calendars to tell, due at once.</summary>
    public ConnectionOutboxState Telling(IEnumerable<string> calendars) => this with
    {
        TellPerson = true,
        TellCalendars = [.. TellCalendars.Union(calendars, StringComparer.Ordinal)],
        Attempts = 0,
        NotBefore = null,
    };
}

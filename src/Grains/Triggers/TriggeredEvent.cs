using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Triggers;

/// <summary>A managed event that is subscribed to, as stored.</summary>
/// <param name="ClientId">The application whose event it is.</param>
/// <param name="EventId">The application's own id.</param>
/// <param name="GrantId">By which grant.</param>
/// <param name="Subscriptions">In the order given.</param>
[GenerateSerializer, Immutable, Alias("triggered-event")]
internal sealed record TriggeredEvent(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string EventId,
    [property: Id(2)] string GrantId,
    [property: Id(3)] ImmutableArray<StoredSubscription> Subscriptions)
{
    public IEnumerable<StoredTransition> Transitions => Subscriptions.SelectMany(s => s.Transitions);

    /// <summary>True when nothing is ahead: it is only kept because it may move.</summary>
    public bool IsOver => Transitions.All(t => t.Progress is { Armed: null, IsNew: false });

    /// <summary>Until when all its transitions are settled.</summary>
    public Instant SettledThrough => Transitions.Max(t => t.Progress.SettledThrough);

    /// <summary>Happenings that end before then are of no transition any more.</summary>
    public Instant LooksFrom => Transitions.Min(t => t.Progress.SettledThrough - Duration.Max(t.Transition.Offset, Duration.Zero));

    /// <summary>What its addresses take.</summary>
    public int AddressBytes => Subscriptions.Sum(s => s.Address.Bytes.Length);
}

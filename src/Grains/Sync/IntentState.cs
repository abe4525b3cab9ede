using CalendarActors.Domain.Secrets;
using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>One accepted write, as stored.</summary>
/// <param name="Sequence">Rises with every write of the calendar.</param>
/// <param name="ClientId">The application whose event it is; empty when it is no application's.</param>
/// <param name="EventId">Its own id; the provider's when it is no application's.</param>
/// <param name="Change">What the event becomes, sealed; null for a deletion.</param>
/// <param name="Accepted">When it was accepted.</param>
/// <param name="NotBefore">No attempt before then; null for at once.</param>
/// <param name="Attempts">Failed attempts.</param>
/// <param name="Guard">Once the provider took it: what to watch for in pulls.</param>
/// <param name="Kind">What sort of write it is.</param>
/// <param name="By">The application that writes; null when the event is its own.</param>
[GenerateSerializer, Immutable, Alias("intent-state")]
internal sealed record IntentState(
    [property: Id(0)] long Sequence,
    [property: Id(1)] string ClientId,
    [property: Id(2)] string EventId,
    [property: Id(3)] SealedSecret? Change,
    [property: Id(4)] Instant Accepted,
    [property: Id(5)] Instant? NotBefore,
    [property: Id(6)] int Attempts,
    [property: Id(7)] GuardState? Guard,
    [property: Id(8)] IntentKind Kind = IntentKind.Own,
    [property: Id(9)] string? By = null)
{
    /// <summary>Which event.</summary>
    public ManagedKey Key => new(ClientId, EventId);

    /// <summary>The application that writes: it is not told of its own change.</summary>
    public string Writer => By ?? ClientId;

    /// <summary>Prints ids only.</summary>
    public override string ToString() => $"IntentState({Sequence})";
}

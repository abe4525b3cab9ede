using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Owed;

namespace CalendarActors.Grains.Interfaces.Triggers;

/// <summary>
/// One call of an application about one of its events, until it is taken or given up. Key: <c>dlv_…</c>, made of what it
/// tells: telling it twice while it is owed is telling it once.
/// </summary>
[Alias("trigger-call"), GrainInterfaceType("trigger-call")]
public interface ITriggerCallGrain : IOwesWork
{
    /// <summary>Accepts it durably. Repeating it is harmless.</summary>
    [Alias("post")]
    Task Post(PostedCall call, CancellationToken cancellationToken);
}

/// <summary>A call to be made.</summary>
/// <param name="PersonId"><c>per_…</c>: with whose data key the body is sealed.</param>
/// <param name="GrantId">Without it the call is not made.</param>
/// <param name="ClientId">Whose secrets sign it.</param>
/// <param name="Address">The callback's URL; it may hold a secret.</param>
/// <param name="Body">JSON in UTF-8, as it is sent and signed.</param>
[GenerateSerializer, Immutable, Alias("posted-call")]
public sealed record PostedCall(
    [property: Id(0)] string PersonId,
    [property: Id(1)] string GrantId,
    [property: Id(2)] string ClientId,
    [property: Id(3)] string Address,
    [property: Id(4)] ImmutableArray<byte> Body)
{
    /// <summary>Prints ids only.</summary>
    public override string ToString() => $"PostedCall({GrantId})";
}

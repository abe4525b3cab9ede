using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Everything that a calendar owes, as stored: the row exists only while there is something.</summary>
[GenerateSerializer, Immutable, Alias("calendar-outbox-state")]
internal sealed record CalendarOutboxState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>Since when a hint waits for a pull; null when none does.</summary>
    [Id(1)]
    public Instant? DirtySince { get; init; }

    /// <summary>Accepted writes, by sequence.</summary>
    [Id(2)]
    public ImmutableArray<IntentState> Intents { get; init; } = [];

    /// <summary>True when nothing is owed.</summary>
    public bool IsEmpty => DirtySince is null && Intents.IsEmpty;

    /// <summary>How many writes the provider has not taken.</summary>
    public int PendingCount => Intents.Count(i => i.Guard is null);

    /// <summary>The same with one more write, in the order of sequences.</summary>
    public CalendarOutboxState With(IntentState intent) => this with
    {
        Intents = [.. Intents.Append(intent).OrderBy(i => i.Sequence)],
    };

    /// <summary>The same with one write replaced, or left out.</summary>
    public CalendarOutboxState Replace(long sequence, IntentState? by) => this with
    {
        Intents = by is null
            ? Intents.RemoveAll(i => i.Sequence == sequence)
            : [.. Intents.Select(i => i.Sequence == sequence ? by : i)],
    };
}

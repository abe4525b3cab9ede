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

    /// <summary>Accepted deletions of all that an application has here, one an application.</summary>
    [Id(3)]
    public ImmutableArray<ClearingState> Clearings { get; init; } = [];

    /// <summary>
    /// The schedule's version up to which everything is told: what comes after it is to be told. Null when nothing is owed
    /// and nothing may be committed before it is set. A row that is written for anything else sets it, so that a commit that
    /// was hinted or written by us costs no write for it.
    /// </summary>
    [Id(4)]
    public long? AnnouncedThrough { get; init; }

    /// <summary>True when nothing is owed.</summary>
    public bool IsEmpty => IsQuiet && AnnouncedThrough is null;

    /// <summary>True when nothing but what was committed may be owed.</summary>
    public bool IsQuiet => DirtySince is null && Intents.IsEmpty && Clearings.IsEmpty;

    /// <summary>The highest sequence that waits; 0 when none does.</summary>
    public long LastSequence => Math.Max(
        Intents.IsEmpty ? 0 : Intents.Max(i => i.Sequence), Clearings.IsEmpty ? 0 : Clearings.Max(c => c.Sequence));

    /// <summary>True for a write that was accepted behind a clearing of its application: it waits for that.</summary>
    public bool IsHeld(IntentState intent) =>
        Clearings.Any(c => c.ClientId == intent.ClientId && c.Sequence < intent.Sequence);

    /// <summary>True when a clearing has its turn: the writes accepted before it are done.</summary>
    public bool HasTurn(ClearingState clearing) =>
        !Intents.Any(i => i.Guard is null && i.ClientId == clearing.ClientId && i.Sequence < clearing.Sequence);

    /// <summary>The same with one more clearing. It covers what an older one of its application has left.</summary>
    public CalendarOutboxState With(ClearingState clearing) => this with
    {
        Clearings = Clearings.RemoveAll(c => c.ClientId == clearing.ClientId).Add(clearing),
    };

    /// <summary>The same with a clearing replaced, or left out; unless a later one has taken its place.</summary>
    public CalendarOutboxState Replace(ClearingState clearing, ClearingState? by) => this with
    {
        Clearings = by is null
            ? Clearings.RemoveAll(c => c.Sequence == clearing.Sequence)
            : [.. Clearings.Select(c => c.Sequence == clearing.Sequence ? by : c)],
    };

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

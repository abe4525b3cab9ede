using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Domain.Tests.Sync;

public sealed class ClearingRulesTests
{
    private static readonly Clearing All = new(10, Samples.Key.ClientId, Samples.Now);

    [Fact]
    public void Targets_WhateverIsThere_AreTheApplicationsOwnUpToItsPlaceAndInOrder()
    {
        Schedule schedule = With(
            Event("b", "item-b", appliedThrough: 9),
            Event("a", "item-a", appliedThrough: 1),
            Event("later", "item-c", appliedThrough: 10),
            Event("theirs", "item-d", appliedThrough: 1, client: "app_2"));

        Assert.Equal(["a", "b"], ClearingRules.Targets(schedule, All).Select(k => k.EventId));
    }

    /// <summary>A reader that lags may hide what was just written: such an event is asked for by its name, an old one is gone.</summary>
    [Fact]
    public void Targets_WhenAnEventSeemsGone_HaveItAsLongAsAReaderMayLag()
    {
        Instant edge = Samples.Now - ComparisonRules.GuardLife;
        Schedule schedule = With(
            Event("just", null, appliedThrough: 1, changed: edge),
            Event("old", null, appliedThrough: 1, changed: edge - Duration.FromTicks(1)));

        Assert.Equal(["just"], ClearingRules.Targets(schedule, All).Select(k => k.EventId));
    }

    [Fact]
    public void Unfold_WhenWritesWaitBeforeAndBehind_DeletesWhatWasBeforeAndOnlyTheApplicationsOwn()
    {
        Schedule schedule = With(Event("there", "item-t", appliedThrough: 1));
        PendingWrite[] pending = [Write(3, "before"), Write(4, "before", "app_2"), Write(5, "there"), Write(11, "before"), Write(12, "behind")];

        IReadOnlyList<PendingWrite> all = ClearingRules.Unfold(schedule, pending, [All]);

        Assert.Equal(
            ["3 before", "4 before", "5 there", "-10 before", "-10 there", "11 before", "12 behind"],
            all.Select(w => $"{(w.IsDeletion ? "-" : "")}{w.Sequence} {w.Key.EventId}").Order(ByNumber));
        Assert.Equal(all.Select(w => w.Sequence).Order(), all.Select(w => w.Sequence));
        Assert.All(all.Where(w => w.IsDeletion), w => Assert.Equal(Samples.Key.ClientId, w.Key.ClientId));
    }

    [Fact]
    public void Refused_WhenTheProviderKeepsAnEvent_LeavesItAndIsNoTargetAgain()
    {
        Schedule there = WriteRulesTests.Upserted(Schedule.Empty, Samples.Upsert(1, "kept"));
        PendingWrite deletion = ClearingRules.Deletion(All, Samples.Key);
        Instant later = Samples.Now + Duration.FromHours(1);

        Schedule after = ClearingRules.Refused(there, deletion, WriteRules.Next(there, deletion, Samples.KeyOf), later);

        Assert.Empty(ClearingRules.Targets(after, All));
        Assert.Equal(later, Assert.Single(after.Items.Values).Updated);
        Assert.Equal(Samples.Key, Assert.Single(ClearingRules.Targets(after, All with { Sequence = 11 })));
    }

    [Fact]
    public void Native_WhateverIsThere_DeletesTheApplicationsOwnAndNothingElse()
    {
        Schedule there = Schedule.Empty;
        foreach ((long sequence, string client) in new[] { (1L, "app_1"), (2L, "app_2"), (3L, "app_1") })
        {
            there = WriteRules.Native(there, Write(sequence, $"e{sequence}", client), Samples.Now, (key, turn) => $"{key.ClientId}{key.EventId}x{turn}");
        }

        Schedule after = ClearingRules.Native(there, "app_1", Samples.Now, Samples.KeyOf);

        Assert.Equal(["app_2e2x0"], after.Items.Keys);
        Assert.Equal(2, after.Ghosts.Count);
    }

    private static Comparer<string> ByNumber => Comparer<string>.Create((a, b) =>
        (Number(a), a).CompareTo((Number(b), b)));

    private static int Number(string text) => Math.Abs(int.Parse(text.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    private static PendingWrite Write(long sequence, string id, string client = "app_1") =>
        new(sequence, new ManagedKey(client, id), Samples.Change(id), Samples.Now);

    private static ManagedEvent Event(
        string id, string? itemId, long appliedThrough, string client = "app_1", Instant? changed = null) =>
        new(new ManagedKey(client, id), 0, id, itemId, appliedThrough, changed ?? (Samples.Now - Duration.FromDays(9)));

    private static Schedule With(params ManagedEvent[] events) => Schedule.Empty with
    {
        Managed = Schedule.Empty.Managed.SetItems(events.Select(e => KeyValuePair.Create(e.Key, e))),
    };
}

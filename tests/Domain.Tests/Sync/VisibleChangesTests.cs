using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Tests.Sync;

public sealed class VisibleChangesTests
{
    private static readonly Instant Later = Samples.Now + Duration.FromHours(1);

    [Fact]
    public void Owners_WhenAnExternalEventComesChangesOrGoes_AreNobody()
    {
        Schedule before = Samples.Pulled(Samples.Item("a"), Samples.Item("b"));

        Assert.Equal<string?>([null], Owners(before, Samples.Delta([Samples.Item("c")])));
        Assert.Equal<string?>([null], Owners(before, Samples.Delta([Samples.Item("a", "2", "other")])));
        Assert.Equal<string?>([null], Owners(before, Samples.Delta([], "b")));
    }

    [Fact]
    public void Owners_WhenAllSaysTheSame_AreNone()
    {
        Schedule before = Samples.Pulled(Samples.Item("a"), Samples.Item("b"));

        Assert.Empty(Owners(before, Samples.Delta([Samples.Item("a", "2")])));
        Assert.Empty(Owners(before, Samples.Delta([], "unknown")));
        Assert.Empty(Owners(before with { Cursor = null }, Samples.Complete(Samples.Item("a"), Samples.Item("b", "9"))));
        Assert.Empty(Owners(Schedule.Empty, Samples.Complete()));
    }

    [Fact]
    public void Owners_WhenTheClockStoodStill_AreFoundAllTheSame()
    {
        Schedule before = Samples.Pulled(Samples.Item("a"));
        Schedule after = Reconciler.Apply(before, Samples.Delta([Samples.Item("a", "2", "other")]), Samples.Inputs()).After;

        Assert.Equal<string?>([null], VisibleChanges.OwnersOf(before, after, Samples.Window));
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(200, true)]
    [InlineData(210, false)]
    public void Owners_WhenAnExternalEventIsSomeDaysAway_AreThereWhileItIsShown(int days, bool isShown)
    {
        ProviderItem item = At("far", days);
        Schedule before = Samples.Pulled(Samples.Item("a"));

        ImmutableArray<string?> came = Owners(before, Samples.Delta([item]));
        ImmutableArray<string?> moved = Owners(
            Samples.Pulled(item), Samples.Delta([At("far", days + 300) with { Version = "2" }]));

        Assert.Equal(isShown ? 1 : 0, came.Length);
        Assert.Equal(isShown ? 1 : 0, moved.Length);
    }

    [Fact]
    public void Owners_WhenAManagedEventChanges_AreItsApplication()
    {
        PendingWrite write = new(1, Samples.Key, Samples.Change("ours"), Samples.Now);
        Schedule before = Samples.Pulled(Samples.Item("a"));
        WriteStep step = WriteRules.Next(before, write, Samples.KeyOf);
        ProviderItem result = At("m", 300);

        Schedule written = WriteRules.Upserted(before, write, step, result, Later);
        Schedule deleted = WriteRules.Deleted(
            written, write with { Sequence = 2, Change = null }, new WriteStep(null, "k", "m", null), Later);
        Schedule rejected = WriteRulesTests.Refused(before, write, Later);

        Assert.Equal<string?>(["app_1"], VisibleChanges.OwnersOf(before, written, Samples.Window));
        Assert.Equal<string?>(["app_1"], VisibleChanges.OwnersOf(written, deleted, Samples.Window));
        Assert.Equal<string?>(["app_1"], VisibleChanges.OwnersOf(before, rejected, Samples.Window));
        Assert.Equal<string?>([null, "app_1"], VisibleChanges.OwnersOf(Schedule.Empty, written, Samples.Window));
    }

    /// <summary>Nothing of it is different, but until now readers saw the write.</summary>
    [Fact]
    public void Owners_WhenAWriteOfWhatIsThereIsRefused_AreWhoseItIs()
    {
        Schedule before = WriteRulesTests.Upserted(Samples.Pulled(Samples.Item("a")), Samples.Upsert(1, "ours"));
        PendingWrite own = Samples.Upsert(2, "refused");
        PendingWrite others = new(3, ManagedKey.OfItem("a"), Samples.Change("refused"), Samples.Now) { IsExternal = true };

        Assert.Equal<string?>(["app_1"], Refused(own));
        Assert.Equal<string?>([null], Refused(others));

        ImmutableArray<string?> Refused(PendingWrite write) => VisibleChanges.OwnersOf(
            before, WriteRulesTests.Refused(before, write, Later), Samples.Window);
    }

    [Fact]
    public void Write_WhenTheProviderMakesSomethingElseOfIt_IsNotAsWritten()
    {
        PendingWrite write = new(1, Samples.Key, Samples.Change("ours"), Samples.Now);
        WriteStep step = WriteRules.Next(Schedule.Empty, write, Samples.KeyOf);
        ProviderItem taken = new("m", "1", Samples.Change("ours").ApplyTo(null, step.EventKey));

        Assert.True(WriteRules.IsAsWritten(write, step, taken));
        Assert.True(WriteRules.IsAsWritten(write with { Change = null }, step, null));
        Assert.False(WriteRules.IsAsWritten(write, step, taken with { Object = Samples.Change("theirs").ApplyTo(null, step.EventKey) }));
    }

    private static ProviderItem At(string id, int days)
    {
        ProviderItem item = Samples.Item(id);
        CalendarTime MovedBy(CalendarTime time) => time.WithLocal(time.Local.PlusDays(days));
        EventDefinition master = item.Object.Master!;
        return item with { Object = item.Object with { Master = master with { Start = MovedBy(master.Start), End = MovedBy(master.End) } } };
    }

    private static ImmutableArray<string?> Owners(Schedule before, PullChanges changes) => VisibleChanges.OwnersOf(
        before, Reconciler.Apply(before, changes, Samples.Inputs(Later)).After, Samples.Window);
}

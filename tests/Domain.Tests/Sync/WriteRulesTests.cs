using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Secrets;
using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Domain.Tests.Sync;

public sealed class WriteRulesTests
{
    private static readonly Instant Later = Samples.Now + Duration.FromMinutes(5);

    /// <summary>The schedule once the provider took an upsert.</summary>
    internal static Schedule Upserted(Schedule schedule, PendingWrite write)
    {
        WriteStep step = WriteRules.Next(schedule, write, Samples.KeyOf);
        ProviderItem item = new(
            step.ItemId ?? $"item-{step.EventKey}", $"v{write.Sequence}", write.Change!.ApplyTo(null, step.EventKey));
        return WriteRules.Upserted(schedule, write, step, item, Later);
    }

    /// <summary>The schedule once the provider refused a write that was pending until then.</summary>
    internal static Schedule Refused(Schedule schedule, PendingWrite write, Instant? now = null) => PendingGhosts.Left(
        schedule,
        WriteRules.Rejected(schedule, write, WriteRules.Next(schedule, write, Samples.KeyOf), now ?? Later),
        [write],
        [],
        Samples.KeyOf);

    [Fact]
    public void Next_WhenTheEventIsNew_CreatesUnderItsName()
    {
        WriteStep step = WriteRules.Next(Schedule.Empty, Samples.Upsert(1, "a"), Samples.KeyOf);

        Assert.Equal(("e1x0", null), (step.Write!.EventKey, step.Write.ItemId));
    }

    [Fact]
    public void Next_WhenTheWriteIsCommittedAlready_DoesNothing()
    {
        Schedule after = Upserted(Schedule.Empty, Samples.Upsert(5, "a"));

        Assert.True(WriteRules.Next(after, Samples.Upsert(5, "something else"), Samples.KeyOf).IsNothing);
        Assert.False(WriteRules.Next(after, Samples.Upsert(6, "something else"), Samples.KeyOf).IsNothing);
    }

    [Fact]
    public void Next_WhenTheUpsertEqualsWhatIsThere_DoesNothing() => Assert.True(
        WriteRules.Next(Upserted(Schedule.Empty, Samples.Upsert(1, "a")), Samples.Upsert(2, "a"), Samples.KeyOf).IsNothing);

    [Fact]
    public void Next_WhenNothingIsThereToDelete_DoesNothing() =>
        Assert.True(WriteRules.Next(Schedule.Empty, Samples.Delete(1), Samples.KeyOf).IsNothing);

    [Fact]
    public void Next_WhenWhatIsDeletedSeemsGone_AsksTheProviderUnderItsLastName()
    {
        Schedule there = Upserted(Samples.Pulled(), Samples.Upsert(1, "a"));
        Schedule hidden = Reconciler.Apply(there, Samples.Delta([], "item-e1x0"), Samples.Inputs(Later)).After;

        WriteStep step = WriteRules.Next(hidden, Samples.Delete(2), Samples.KeyOf);
        Schedule deleted = WriteRules.Deleted(hidden, Samples.Delete(2), step, Later);

        Assert.Equal((false, "e1x0", null, null), (step.IsNothing, step.EventKey, step.ItemId, step.Write));
        Assert.Equal(2, deleted.Managed[Samples.Key].AppliedThrough);
        Assert.Same(hidden, WriteRules.Native(hidden, Samples.Delete(2), Later, Samples.KeyOf));
    }

    [Fact]
    public void Incarnation_WhenTheEventWasDeleted_RisesForTheNextCreation()
    {
        Schedule there = Upserted(Schedule.Empty, Samples.Upsert(1, "a"));
        PendingWrite delete = Samples.Delete(2);
        Schedule gone = WriteRules.Deleted(there, delete, WriteRules.Next(there, delete, Samples.KeyOf), Later);

        Assert.Empty(gone.Items);
        Assert.Equal("e1x1", WriteRules.Next(gone, Samples.Upsert(3, "b"), Samples.KeyOf).EventKey);
        Assert.Single(gone.Ghosts);
    }

    [Fact]
    public void Rejected_WhenReadersSawTheCreation_LeavesATombstone()
    {
        Schedule after = Refused(Schedule.Empty, Samples.Upsert(1, "a"));

        Happening tombstone = Assert.Single(Projection.Project(
            "cal_1", after, [], new HashSet<string>(), Samples.Window, Samples.KeyOf).Happenings);
        Assert.True(tombstone.IsDeleted);
    }

    [Fact]
    public void Rejected_WhenTheEventWasThereBefore_ShowsItAgainAsChanged()
    {
        Schedule there = Upserted(Schedule.Empty, Samples.Upsert(1, "a"));
        Instant evenLater = Later + Duration.FromMinutes(1);
        Schedule after = Refused(there, Samples.Upsert(2, "b"), evenLater);

        KnownItem item = Assert.Single(after.Items.Values);
        Assert.Equal(("a", evenLater), (item.Object.Master!.Content.Summary, item.Updated));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Upserted_WhenTheEventHasOtherHappeningsThen_LeavesTombstonesOfTheFormer(bool isSeriesFirst)
    {
        PendingWrite single = Samples.Upsert(isSeriesFirst ? 2 : 1, "once");
        PendingWrite series = Weekly(isSeriesFirst ? 1 : 2);
        Schedule there = Upserted(Schedule.Empty, isSeriesFirst ? series : single);

        Schedule after = Upserted(there, isSeriesFirst ? single : series);

        Assert.Equal(
            isSeriesFirst ? (1, 3) : (3, 1),
            (Shown(after).Count(h => !h.IsDeleted), Shown(after).Count(h => h.IsDeleted && h.Updated == Later)));
        Assert.Single(Upserted(after, Samples.Upsert(3, "another title")).Ghosts, g => g.Was.IsRecurring == isSeriesFirst);
    }

    [Fact]
    public void Rejected_WhenReadersSawOtherHappenings_LeavesTombstonesOfThem()
    {
        Schedule there = Upserted(Schedule.Empty, Samples.Upsert(1, "once"));

        Schedule after = Refused(there, Weekly(2));

        Assert.Equal((1, 3), (Shown(after).Count(h => !h.IsDeleted), Shown(after).Count(h => h.IsDeleted)));
    }

    private static PendingWrite Weekly(long sequence) => Samples.Upsert(sequence, "weekly") with
    {
        Change = Samples.Change("weekly") with
        {
            Rules = Change<ImmutableArray<RecurrenceRule>>.To([new RecurrenceRule { Frequency = RecurrenceFrequency.Weekly, Count = 3 }]),
        },
    };

    private static IReadOnlyList<Happening> Shown(Schedule schedule) =>
        Projection.Project("cal_1", schedule, [], new HashSet<string>(), Samples.Window, Samples.KeyOf).Happenings;

    [Fact]
    public void Projection_WhenWritesArePending_ShowsTheirOutcomeInOrder()
    {
        Schedule there = Upserted(Schedule.Empty, Samples.Upsert(1, "a"));
        HashSet<string> none = [];

        Happening changed = Assert.Single(Projection.Project(
            "cal_1", there, [Samples.Upsert(2, "b"), Samples.Upsert(3, "c")], none, Samples.Window, Samples.KeyOf).Happenings);
        Assert.Equal(("c", true, false), (changed.Occurrence.Content.Summary, changed.IsPending, changed.IsDeleted));
        Happening deleted = Assert.Single(Projection.Project(
            "cal_1", there, [Samples.Delete(2)], none, Samples.Window, Samples.KeyOf).Happenings);
        Assert.True(deleted.IsDeleted);
        Assert.Equal(changed.Uid, deleted.Uid);
        IReadOnlyList<Happening> again = Projection.Project(
            "cal_1", there, [Samples.Delete(2), Samples.Upsert(3, "d")], none, Samples.Window, Samples.KeyOf).Happenings;
        Assert.Equal(2, again.Count);
        Assert.Single(again, h => !h.IsDeleted && h.Occurrence.Content.Summary == "d");
    }

    [Fact]
    public void EventKey_WhenAnyPartDiffers_IsAnother()
    {
        DerivedKeys keys = new(new byte[32]);
        string one = EventKeys.Of(keys, "cal_1", Samples.Key, 0);

        Assert.Matches("^[0-9a-v]{26}$", one);
        Assert.Equal(one, EventKeys.Of(keys, "cal_1", Samples.Key, 0));
        Assert.NotEqual(one, EventKeys.Of(keys, "cal_1", Samples.Key, 1));
        Assert.NotEqual(one, EventKeys.Of(keys, "cal_2", Samples.Key, 0));
        Assert.NotEqual(one, EventKeys.Of(keys, "cal_1", new ManagedKey("app_2", "e1"), 0));
        Assert.NotEqual(one, EventKeys.Of(keys, "cal_1", new ManagedKey("app_1", "e2"), 0));
    }
}

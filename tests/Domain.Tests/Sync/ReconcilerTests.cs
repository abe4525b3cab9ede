using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Domain.Tests.Sync;

public sealed class ReconcilerTests
{
    private static readonly Instant Later = Samples.Now + Duration.FromMinutes(5);

    [Fact]
    public void Apply_WhenTheSameIsDeliveredAgain_ChangesNothing()
    {
        Schedule before = Samples.Pulled(Samples.Item("a"));

        Reconciliation again = Reconciler.Apply(before, Samples.Delta([Samples.Item("a")]), Samples.Inputs(Later));

        Assert.False(again.IsDifferent);
        Assert.Empty(again.Changed);
        Assert.Equal((before.Version, before.LastCommit), (again.After.Version, again.After.LastCommit));
        Assert.Equal(Samples.Now, again.After.Items["a"].Updated);
    }

    [Fact]
    public void Apply_WhenOnlyTheVersionIsNew_KeepsWhenItWasUpdated()
    {
        Schedule before = Samples.Pulled(Samples.Item("a", "1"));

        Reconciliation touched = Reconciler.Apply(before, Samples.Delta([Samples.Item("a", "2")]), Samples.Inputs(Later));

        Assert.True(touched.IsDifferent);
        Assert.Empty(touched.Changed);
        Assert.Equal(("2", Samples.Now), (touched.After.Items["a"].Version, touched.After.Items["a"].Updated));
    }

    [Fact]
    public void Apply_WhenTheClockWentBack_NeverLetsUpdatedFall()
    {
        Schedule before = Samples.Pulled(Samples.Item("a"));

        Reconciliation changed = Reconciler.Apply(
            before, Samples.Delta([Samples.Item("a", "2", "new")]), Samples.Inputs(Samples.Now - Duration.FromHours(1)));

        Assert.Equal(Samples.Now, changed.After.Items["a"].Updated);
    }

    [Fact]
    public void Apply_WhenAnItemIsRemoved_LeavesAGhost()
    {
        Schedule before = Samples.Pulled(Samples.Item("a"), Samples.Item("b"));

        Schedule after = Reconciler.Apply(before, Samples.Delta([], "a", "never known"), Samples.Inputs(Later)).After;

        Assert.Equal(["b"], after.Items.Keys);
        Ghost ghost = Assert.Single(after.Ghosts);
        Assert.Equal(("a", Later), (ghost.ItemId, ghost.Gone));
    }

    [Fact]
    public void Apply_WhenAnEventIsCancelled_LeavesAGhostOfWhatItWas()
    {
        Schedule before = Samples.Pulled(Samples.Item("a"));
        ProviderItem was = Samples.Item("a", "2");
        ProviderItem cancelled = was with
        {
            Object = was.Object with
            {
                Master = was.Object.Master! with { Content = was.Object.Master.Content with { Status = EventStatus.Cancelled } },
            },
        };

        Schedule after = Reconciler.Apply(before, Samples.Delta([cancelled]), Samples.Inputs(Later)).After;

        Happening tombstone = Assert.Single(Projection.Project(
            "cal_1", after, [], new HashSet<string>(), Samples.Window, Samples.KeyOf).Happenings);
        Assert.True(tombstone.IsDeleted);
        Assert.Equal(Later, tombstone.Updated);
    }

    [Fact]
    public void Apply_WhenGhostsAreTooOldOrTooMany_ForgetsThem()
    {
        Schedule before = Samples.Pulled([.. Samples.Many(GhostRules.MaxCount + 5)]);
        Schedule emptied = Reconciler.Apply(
            before, Samples.Delta([], [.. before.Items.Keys]), Samples.Inputs(Later)).After;
        Schedule again = Reconciler.Apply(emptied, Samples.Delta([Samples.Item("z")]), Samples.Inputs(Later)).After;
        Assert.Equal(GhostRules.MaxCount, again.Ghosts.Count);

        Schedule old = Reconciler.Apply(
            again, Samples.Delta([Samples.Item("y")]), Samples.Inputs(Later + GhostRules.MaxAge + Duration.FromDays(1))).After;
        Assert.Empty(old.Ghosts);
    }

    [Fact]
    public void Apply_WhenTheAnswerIsComplete_TakesAwayWhatIsNotInIt_ButNotWhatIsUnreadable()
    {
        Schedule before = Samples.Pulled(Samples.Item("a"), Samples.Item("b"), Samples.Item("c"));
        PullChanges complete = Samples.Complete(Samples.Item("a")) with { Unreadable = ["b"] };

        Schedule after = Reconciler.Apply(before, complete, Samples.Inputs(Later)).After;

        Assert.Equal(["a", "b"], after.Items.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2026-02-02T00:00:00Z", "2026-02-03T00:00:00Z", 1)]
    [InlineData("2026-02-03T00:00:00Z", "2026-03-01T00:00:00Z", 0)]
    public void Apply_WhenACompleteAnswerCoversAStretch_MournsOnlyWhatHappensInIt(string from, string to, int ghosts)
    {
        Schedule before = Samples.Pulled(Samples.Item("a"));
        PullChanges complete = Samples.Complete() with
        {
            Covers = new Interval(
                InstantPattern.General.Parse(from).Value, InstantPattern.General.Parse(to).Value),
        };

        Reconciliation answer = Reconciler.Apply(before, complete, Samples.Inputs(Later));

        Assert.True(answer.IsDifferent);
        Assert.Empty(answer.After.Items);
        Assert.Equal(ghosts, answer.After.Ghosts.Count);
    }

    [Fact]
    public void Apply_WhenAnItemMovedOutOfWhatACompleteAnswerCovers_KeepsItWhileTheMoveIsRemembered()
    {
        Schedule before = Samples.Pulled(Samples.Item("a"));
        Schedule moved = Reconciler.Apply(
            before, Samples.Delta([Samples.ItemAt("a", "2", new LocalDateTime(2029, 8, 17, 9, 0))]), Samples.Inputs(Later)).After;
        PullChanges complete = Samples.Complete() with { Covers = Samples.Window.Padded };

        Reconciliation kept = Reconciler.Apply(moved, complete, Samples.Inputs(Later));
        Reconciliation dropped = Reconciler.Apply(
            moved, complete, Samples.Inputs(Later + MoveRules.MaxAge + Duration.FromDays(1)));

        Happening happening = Assert.Single(Projection.Project(
            "cal_1", kept.After, [], new HashSet<string>(), Samples.Window, Samples.KeyOf).Happenings);
        Assert.Equal((Later, false), (happening.Updated, happening.IsDeleted));
        Assert.Empty(dropped.After.Items);
        Assert.Empty(dropped.After.Ghosts);
    }

    [Fact]
    public void Generation_WhenTheCursorWasLost_RisesWithTheCompleteAnswer()
    {
        Schedule before = Samples.Pulled(Samples.Item("a"));
        Assert.Equal(1, before.Generation);

        Assert.Equal(1, Reconciler.Apply(before, Samples.Complete(Samples.Item("a")), Samples.Inputs(Later)).After.Generation);
        Assert.Equal(2, Reconciler.Apply(
            before with { Cursor = null }, Samples.Complete(Samples.Item("a")), Samples.Inputs(Later)).After.Generation);
    }

    [Theory]
    [InlineData(20, 10, false)]
    [InlineData(20, 11, true)]
    [InlineData(10, 9, false)]
    [InlineData(10, 10, true)]
    public void MassDeletion_WhenMoreThanHalfAndTenAreGone_IsSuspected(int had, int gone, bool isSuspected)
    {
        Schedule before = Samples.Pulled([.. Samples.Many(had)]);

        Reconciliation answer = Reconciler.Apply(
            before, Samples.Complete([.. Samples.Many(had)[gone..]]), Samples.Inputs(Later));

        Assert.Equal(gone, answer.Gone.Length);
        Assert.Equal(isSuspected, answer.IsMassDeletion);
    }

    [Fact]
    public void Apply_WhenTheAnswerIsOlderThanOurWrite_DoesNotBelieveIt()
    {
        Schedule before = Samples.Pulled(Samples.Item("a", "2", "ours"));
        ReconciliationInputs guarded = Samples.Inputs(Later) with { Guards = [new WriteGuard(7, "a", "1")] };

        Reconciliation stale = Reconciler.Apply(before, Samples.Delta([Samples.Item("a", "1", "before")]), guarded);
        Assert.Equal("ours", stale.After.Items["a"].Object.Master!.Content.Summary);
        Assert.Empty(stale.Confirmed);

        Reconciliation newer = Reconciler.Apply(before, Samples.Delta([Samples.Item("a", "3", "theirs")]), guarded);
        Assert.Equal("theirs", newer.After.Items["a"].Object.Master!.Content.Summary);
        Assert.Equal(7, Assert.Single(newer.Confirmed));
    }

    [Fact]
    public void Apply_WhenTheAnswerIsOlderThanTwoOfOurWrites_DoesNotBelieveIt()
    {
        Schedule before = Samples.Pulled(Samples.Item("a", "3", "ours"));
        ReconciliationInputs guarded = Samples.Inputs(Later) with
        {
            Guards = [new WriteGuard(7, "a", "1"), new WriteGuard(8, "a", "2")],
        };

        foreach (string version in new[] { "1", "2" })
        {
            Reconciliation stale = Reconciler.Apply(before, Samples.Delta([Samples.Item("a", version, "before")]), guarded);
            Assert.Equal("ours", stale.After.Items["a"].Object.Master!.Content.Summary);
            Assert.Empty(stale.Confirmed);
        }
    }

    [Fact]
    public void Apply_WhenACompleteAnswerLacksWhatWeJustWrote_KeepsIt()
    {
        Schedule before = Samples.Pulled(Samples.Item("a"), Samples.Item("new"));
        ReconciliationInputs guarded = Samples.Inputs(Later) with { Guards = [new WriteGuard(7, "new", null)] };

        Reconciliation answer = Reconciler.Apply(before, Samples.Complete(Samples.Item("a")), guarded);

        Assert.Contains("new", answer.After.Items.Keys);
        Assert.Empty(answer.Confirmed);
    }

    [Fact]
    public void Apply_WhenACreationShowsBeforeItsAnswer_IsOursAndNotSomebodyElses()
    {
        ProviderItem created = Samples.Item("a") with { Object = Samples.Change("ours").ApplyTo(null, "e1x0") };
        ReconciliationInputs expecting = Samples.Inputs() with
        {
            Expected = new Dictionary<string, ManagedKey>(StringComparer.Ordinal) { ["e1x0"] = Samples.Key },
        };

        Schedule after = Reconciler.Apply(Samples.Pulled(), Samples.Delta([created]), expecting).After;

        Assert.Equal("a", after.Managed[Samples.Key].ItemId);
        Happening one = Assert.Single(Projection.Project(
            "cal_1", after, [Samples.Upsert(1, "ours")], new HashSet<string>(), Samples.Window, Samples.KeyOf).Happenings);
        Assert.Equal(Samples.Key, one.Owner);
    }

    [Fact]
    public void Apply_WhenAManagedEventThatWasGoneShowsAgain_IsManagedAgain()
    {
        Schedule before = WriteRulesTests.Upserted(Samples.Pulled(), Samples.Upsert(1, "ours"));
        ProviderItem item = Samples.Item("item-e1x0") with { Object = Samples.Change("ours").ApplyTo(null, "e1x0") };
        Schedule gone = Reconciler.Apply(before, Samples.Delta([], item.Id), Samples.Inputs(Later)).After;

        Schedule again = Reconciler.Apply(gone, Samples.Delta([item]), Samples.Inputs(Later)).After;

        Assert.Equal((item.Id, "e1x0"), (again.Managed[Samples.Key].ItemId, again.Managed[Samples.Key].EventKey));
        Assert.Equal(item.Id, WriteRules.Next(again, Samples.Upsert(2, "changed"), Samples.KeyOf).ItemId);
    }

    [Fact]
    public void Apply_WhenSomebodyDeletesAManagedEvent_GivesTheNextOneAnotherName()
    {
        Schedule before = WriteRulesTests.Upserted(Samples.Pulled(), Samples.Upsert(1, "ours"));

        Schedule after = Reconciler.Apply(before, Samples.Delta([], "item-e1x0"), Samples.Inputs(Later)).After;

        Assert.Null(after.Managed[Samples.Key].ItemId);
        Assert.Equal("e1x1", WriteRules.Next(after, Samples.Upsert(2, "again"), Samples.KeyOf).EventKey);
    }

    [Fact]
    public void Apply_WhenDeltasAreRepeatedInAnyOrder_EndsTheSame()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            Random random = new(seed);
            Schedule before = Samples.Pulled([.. Samples.Many(8)]);
            PullChanges[] deltas = [.. Enumerable.Range(0, 6).Select(i => random.Next(3) == 0
                ? Samples.Delta([], $"i{random.Next(10):D2}")
                : Samples.Delta([Samples.Item($"i{random.Next(10):D2}", $"v{i}", $"s{i}")]))];
            Schedule once = deltas.Aggregate(before, (s, d) => Reconciler.Apply(s, d, Samples.Inputs(Later)).After);

            // What a provider repeats, it repeats in the present form: the last word on each item.
            ProviderItem[] present = [.. once.Items.Values.Select(i => new ProviderItem(i.Id, i.Version, i.Object))];
            string[] absent = [.. Enumerable.Range(0, 10).Select(i => $"i{i:D2}").Where(id => !once.Items.ContainsKey(id))];
            random.Shuffle(present);
            Schedule again = Reconciler.Apply(
                once, Samples.Delta(present, absent), Samples.Inputs(Later + Duration.FromHours(1))).After;

            Assert.Equal(once.Version, again.Version);
            Assert.Equal(once.Items, again.Items);
            Assert.Equal(once.Ghosts, again.Ghosts);
        }
    }
}

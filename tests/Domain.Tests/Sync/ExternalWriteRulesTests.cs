using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Domain.Tests.Sync;

public sealed class ExternalWriteRulesTests
{
    private static readonly Instant Later = Samples.Now + Duration.FromMinutes(5);

    private static readonly ProviderItem Meeting = Invited("m");

    private static PendingWrite Edit(long sequence, string summary, string item = "i") =>
        new(sequence, ManagedKey.OfItem(item), Samples.Change(summary) with { KeepsStatus = true }, Samples.Now) { IsExternal = true };

    private static PendingWrite Deletion(long sequence, string item = "i") =>
        new(sequence, ManagedKey.OfItem(item), null, Samples.Now) { IsExternal = true };

    private static PendingWrite Answered(long sequence, ParticipationStatus status, string item = "m") =>
        new(sequence, ManagedKey.OfItem(item), null, Samples.Now) { IsExternal = true, Answer = new EventAnswer("ann@example.com", status) };

    private static ProviderItem Invited(string id)
    {
        ProviderItem plain = Samples.Item(id);
        EventContent content = plain.Object.Master!.Content with
        {
            Organizer = new Organizer("bob@example.com", null),
            Attendees = [new Attendee("ann@example.com", null, ParticipationStatus.NeedsAction)],
        };
        return plain with { Object = plain.Object with { Master = plain.Object.Master with { Content = content } } };
    }

    private static Schedule Applied(Schedule schedule, PendingWrite write)
    {
        WriteStep step = WriteRules.Next(schedule, write, Samples.KeyOf);
        KnownItem item = schedule.Items[step.ItemId!];
        return WriteRules.Upserted(
            schedule, write, step, new ProviderItem(item.Id, "2", write.ApplyTo(item.Object, "")!), Later);
    }

    private static IReadOnlyList<Happening> Seen(Schedule schedule, params PendingWrite[] pending) => Projection.Project(
        "cal_1", schedule, pending, new HashSet<string>(), Samples.Window, Samples.KeyOf).Happenings;

    [Fact]
    public void Next_WhenAnothersEventIsChanged_NamesTheItemAndNeverMakesOne()
    {
        WriteStep step = WriteRules.Next(Samples.Pulled(Samples.Item("i")), Edit(1, "new"), Samples.KeyOf);

        Assert.Equal(("i", "1", true), (step.Write!.ItemId, step.PriorVersion, step.Write.MustExist));
        Assert.True(WriteRules.Next(Samples.Pulled(), Edit(1, "new"), Samples.KeyOf).Write!.MustExist);
    }

    [Fact]
    public void Next_WhenItSaysSoAlready_DoesNothing()
    {
        Schedule there = Samples.Pulled(Samples.Item("i", summary: "same"), Meeting);

        Assert.True(WriteRules.Next(there, Edit(1, "same"), Samples.KeyOf).IsNothing);
        Assert.True(WriteRules.Next(there, Answered(1, ParticipationStatus.NeedsAction), Samples.KeyOf).IsNothing);
        Assert.Equal("m", WriteRules.Next(there, Answered(1, ParticipationStatus.Accepted), Samples.KeyOf).Answer!.ItemId);
    }

    [Fact]
    public void Next_WhenItWasAppliedBeforeTheProcessEnded_DoesNothingThoughAPersonChangedItSince()
    {
        Schedule after = Applied(Samples.Pulled(Samples.Item("i")), Edit(4, "ours"));
        Schedule theirs = Reconciler.Apply(after, Samples.Delta([Samples.Item("i", "3", "theirs")]), Samples.Inputs(Later)).After;

        Assert.True(WriteRules.Next(theirs, Edit(4, "ours"), Samples.KeyOf).IsNothing);
        Assert.False(WriteRules.Next(theirs, Edit(5, "ours"), Samples.KeyOf).IsNothing);
        Assert.True(WriteRules.Next(theirs, Edit(3, "older"), Samples.KeyOf).IsNothing);
    }

    [Fact]
    public void Next_WhenADeletionWasAppliedBeforeTheProcessEnded_DoesNothingThoughAReaderStillShowsIt()
    {
        Schedule there = Samples.Pulled(Samples.Item("i"), Meeting);
        foreach (PendingWrite write in new[] { Deletion(4), Answered(4, ParticipationStatus.Declined) })
        {
            Schedule gone = WriteRules.Deleted(there, write, WriteRules.Next(there, write, Samples.KeyOf), Later);
            Schedule shown = Reconciler.Apply(gone, Samples.Delta([Samples.Item("i", "9"), Meeting]), Samples.Inputs(Later)).After;

            Assert.True(WriteRules.Next(gone, write, Samples.KeyOf).IsNothing);
            Assert.True(WriteRules.Next(shown, write, Samples.KeyOf).IsNothing);
            Assert.False(WriteRules.Next(shown, write with { Sequence = 5 }, Samples.KeyOf).IsNothing);
        }
    }

    [Fact]
    public void Next_WhenItBecameASeries_LeavesItAlone()
    {
        ProviderItem plain = Samples.Item("i");
        ProviderItem series = plain with
        {
            Object = plain.Object with { Rules = [new RecurrenceRule { Frequency = RecurrenceFrequency.Daily, Count = 3 }] },
        };

        Assert.True(WriteRules.Next(Samples.Pulled(series), Edit(1, "new"), Samples.KeyOf).IsNothing);
        Assert.Equal(3, Seen(Samples.Pulled(series), Edit(1, "new")).Count(h => h.Occurrence.Content.Summary == "i"));
    }

    [Fact]
    public void Applied_WhenThereWereMany_RemembersTheLastOfEachItemAndNoMore()
    {
        Schedule schedule = Samples.Pulled([.. Enumerable.Range(0, 40).Select(i => Samples.Item($"i{i}"))]);
        for (int i = 0; i < 40; i++)
        {
            schedule = Applied(schedule, Edit((2 * i) + 1, "a", $"i{i}"));
            schedule = Applied(schedule, Edit((2 * i) + 2, "b", $"i{i}"));
        }

        Assert.Equal(ExternalWriteRules.Remembered, schedule.Applied.Count);
        Assert.Equal(ExternalWriteRules.Remembered, schedule.Applied.Select(a => a.ItemId).Distinct().Count());
        Assert.Equal(("i39", 80L), (schedule.Applied[0].ItemId, schedule.Applied[0].Sequence));
    }

    [Fact]
    public void Projection_WhenAChangeWaits_ShowsItOnceUnderTheSameUidAndAsNobodysOwn()
    {
        Schedule there = Samples.Pulled(Samples.Item("i", summary: "before"));
        Happening before = Assert.Single(Seen(there));

        Happening after = Assert.Single(Seen(there, Edit(1, "after")));

        Assert.Equal((before.Uid, (ManagedKey?)null, "after", true), (after.Uid, after.Owner, after.Occurrence.Content.Summary, after.IsPending));
    }

    [Fact]
    public void Projection_WhenADeletionWaits_ShowsATombstoneUnderTheSameUid()
    {
        Schedule there = Samples.Pulled(Samples.Item("i"));

        Happening gone = Assert.Single(Seen(there, Deletion(1)));
        WriteStep step = WriteRules.Next(there, Deletion(1), Samples.KeyOf);
        Happening committed = Assert.Single(Seen(WriteRules.Deleted(there, Deletion(1), step, Later)));

        Assert.Equal((true, Seen(there)[0].Uid), (gone.IsDeleted, gone.Uid));
        Assert.Equal((true, gone.Uid, (ManagedKey?)null), (committed.IsDeleted, committed.Uid, committed.Owner));
    }

    [Fact]
    public void Projection_WhenAnAnswerWaits_ShowsItAndKeepsTheRest()
    {
        Happening seen = Assert.Single(Seen(Samples.Pulled(Meeting), Answered(1, ParticipationStatus.Declined)));

        Assert.Equal(ParticipationStatus.Declined, Assert.Single(seen.Occurrence.Content.Attendees).Status);
        Assert.Equal("m", seen.Occurrence.Content.Summary);
    }

    [Fact]
    public void Rejected_WhenTheItemIsThere_IsToldAndLeavesNothingBehind()
    {
        Schedule there = Samples.Pulled(Samples.Item("i", summary: "before"));
        WriteStep step = WriteRules.Next(there, Edit(1, "after"), Samples.KeyOf);

        Schedule after = WriteRules.Rejected(there, Edit(1, "after"), step, Later);

        Assert.Equal(Later, after.Items["i"].Updated);
        Assert.Equal("before", Assert.Single(Seen(after)).Occurrence.Content.Summary);
        Assert.Empty(WriteRules.Rejected(Samples.Pulled(), Edit(1, "x"), step with { ItemId = "gone" }, Later).Ghosts);
    }

    [Fact]
    public void AnothersManagedEvent_WhenChanged_StaysTheirsAndIsOrderedWithTheirWrites()
    {
        Schedule theirs = WriteRulesTests.Upserted(Schedule.Empty, Samples.Upsert(1, "theirs"));
        PendingWrite edit = Samples.Upsert(2, "changed") with { IsExternal = true };

        WriteStep step = WriteRules.Next(theirs, edit, Samples.KeyOf);
        Schedule after = WriteRules.Upserted(
            theirs, edit, step, new ProviderItem("item-e1x0", "2", edit.ApplyTo(theirs.Items["item-e1x0"].Object, "")!), Later);

        Assert.Equal(("e1x0", "item-e1x0", true), (step.EventKey, step.ItemId, step.Write!.MustExist));
        Assert.Equal((2L, "item-e1x0"), (after.Managed[Samples.Key].AppliedThrough, after.Managed[Samples.Key].ItemId));
        Assert.Empty(after.Applied);
        Assert.True(WriteRules.Next(after, edit, Samples.KeyOf).IsNothing);
        Assert.True(WriteRules.Next(Schedule.Empty, edit, Samples.KeyOf).IsNothing);
    }

    [Fact]
    public void Settled_WhenTheEventIsGone_EndsTheWrite()
    {
        ProviderFault gone = new(ProviderFaultKind.NotFound, "gone");
        ProviderFault busy = new(ProviderFaultKind.Throttled, "busy");

        Assert.Equal(ProviderFaultKind.Rejected, ExternalWriteRules.Settled(Edit(1, "x"), gone)?.Kind);
        Assert.Equal(ProviderFaultKind.Rejected, ExternalWriteRules.Settled(Answered(1, ParticipationStatus.Accepted), gone)?.Kind);
        Assert.Null(ExternalWriteRules.Settled(Answered(1, ParticipationStatus.Declined), gone));
        Assert.Equal(ProviderFaultKind.NotFound, ExternalWriteRules.Settled(Samples.Upsert(1, "own"), gone)?.Kind);
        Assert.Equal(ProviderFaultKind.Throttled, ExternalWriteRules.Settled(Edit(1, "x"), busy)?.Kind);
    }
}

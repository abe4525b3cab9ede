using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Tests.Sync;

/// <summary>Former times: which are remembered, how many, and who reads them.</summary>
public sealed class MoveRulesTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 2, 1, 12, 0);
    private static readonly ExpandedWindow Window = ExpandedWindow.At(Now, 42, 201);

    [Fact]
    public void AfterSingle_WhenTheTimeChanged_RemembersTheFormerOne()
    {
        Move move = Assert.Single(MoveRules.AfterSingle([], "k", On(3), On(9), Now));

        Assert.Equal(("k", null, On(3).Master!.Start, Now), (move.Identity, move.RecurrenceId, move.Start, move.Moved));
        Assert.Empty(MoveRules.AfterSingle([], "k", On(3), On(3) with { LastModified = Now }, Now));
    }

    [Fact]
    public void AfterSingle_WhenItGoesToAndFro_RemembersEachTimeOnce()
    {
        ImmutableList<Move> moves = [];
        for (int i = 0; i < 50; i++)
        {
            moves = MoveRules.AfterSingle(moves, "k", On(i % 2), On((i + 1) % 2), Now + Duration.FromMinutes(i));
        }

        Assert.Equal(2, moves.Count);
        Assert.Equal(Now + Duration.FromMinutes(49), moves[0].Moved);
    }

    [Fact]
    public void AfterSingle_WhenOneEventMovesAgainAndAgain_LeavesTheOthersTheirs()
    {
        ImmutableList<Move> moves = MoveRules.AfterSingle([], "other", On(1), On(2), Now);
        for (int i = 0; i < 1_000; i++)
        {
            moves = MoveRules.AfterSingle(moves, "busy", On(i), On(i + 1), Now);
        }

        Assert.Equal(MoveRules.MaxOfOne, moves.Count(m => m.Identity == "busy"));
        Assert.Contains(moves, m => m.Identity == "other");
        Assert.Equal(On(999).Master!.Start, moves[0].Start);
    }

    [Fact]
    public void Bound_WhenThereAreTooManyOrTooOldOnes_KeepsTheNewest()
    {
        ImmutableList<Move> moves = [];
        for (int i = 0; i < 600; i++)
        {
            moves = MoveRules.AfterSingle(moves, $"k{i}", On(1), On(2), Now);
        }

        Assert.Equal(MoveRules.MaxCount, moves.Count);
        Assert.Equal("k599", moves[0].Identity);
        Assert.Equal(500, MoveRules.Bound(moves, Now + Duration.FromDays(60)).Count);
        Assert.Empty(MoveRules.Bound(moves, Now + Duration.FromDays(60) + Duration.FromTicks(1)));
    }

    [Fact]
    public void After_WhenOneOccurrenceIsDragged_RemembersThatOne()
    {
        CalendarObject was = Daily();
        CalendarTime third = At(3);
        CalendarObject @is = was with
        {
            Overrides = [new EventOverride(third, false, new EventDefinition(At(20, 15), At(20, 16), EventContent.Empty))],
        };

        Move move = Assert.Single(Changed(was, @is));
        Assert.Equal((third, third), (move.RecurrenceId, move.Start));
        Move back = Assert.Single(Changed(@is, was));
        Assert.Equal((third, At(20, 15)), (back.RecurrenceId, back.Start));
        Assert.Empty(Changed(was, was with { Overrides = [new EventOverride(third, false, new EventDefinition(third, At(3, 10), EventContent.Empty with { Summary = "x" }))] }));
    }

    [Fact]
    public void After_WhenAWholeSeriesIsShifted_LeavesThatToTombstones()
    {
        CalendarObject was = Daily();
        Assert.Empty(Changed(was, was with { Master = was.Master! with { Start = At(1, 11), End = At(1, 12) } }));
    }

    [Fact]
    public void Apply_WhenAPullMovesAnEvent_RemembersWhereItWas()
    {
        Schedule before = Pulled(Schedule.Empty, On(3), "1");
        Schedule after = Pulled(before, On(9), "2");

        Assert.Empty(before.Moves);
        Assert.Equal(On(3).Master!.Start, Assert.Single(after.Moves).Start);
        Assert.Same(after.Moves, Pulled(after, On(9), "2").Moves);
    }

    [Fact]
    public void Project_WhenAnEventHasMovedOutOfEverything_StillListsIt()
    {
        Schedule schedule = Pulled(Pulled(Schedule.Empty, On(3), "1"), On(900), "2");
        Projected projected = Project(schedule);

        Happening there = Assert.Single(projected.Happenings);
        Assert.Equal(On(900).Master!.Start, there.Occurrence.Start);
        Assert.Equal(new Former(On(3).Master!.Start, On(3).Master!.End), Assert.Single(projected.Formers[there.Uid]));
        Assert.Empty(Project(Pulled(Schedule.Empty, On(900), "1")).Happenings);
    }

    [Fact]
    public void Project_WhenAMovedEventIsDeleted_ItsTombstoneKnowsWhereItWas()
    {
        Schedule moved = Pulled(Pulled(Schedule.Empty, On(3), "1"), On(9), "2");
        Schedule gone = Reconciler.Apply(
            moved, new PullChanges([], ["item"], "c", false, null, []), ReconciliationInputs.At(Now, Window)).After;
        Projected projected = Project(gone);

        Happening tombstone = Assert.Single(projected.Happenings);
        Assert.True(tombstone.IsDeleted);
        Assert.Equal(On(3).Master!.Start, Assert.Single(projected.Formers[tombstone.Uid]).Start);
    }

    private static ImmutableList<Move> Changed(CalendarObject was, CalendarObject @is) =>
        MoveRules.After([], "k", was, @is, Window, DateTimeZone.Utc, new ExpansionAllowance(), Now);

    private static Schedule Pulled(Schedule before, CalendarObject item, string version) => Reconciler.Apply(
        before,
        new PullChanges([new ProviderItem("item", version, item)], [], "c", false, null, []),
        ReconciliationInputs.At(Now, Window)).After;

    private static Projected Project(Schedule schedule) => Projection.Project(
        "cal_1", schedule, [], ImmutableHashSet<string>.Empty, Window, (_, _) => throw new InvalidOperationException());

    private static CalendarTime At(int day, int hour = 9) =>
        CalendarTime.Utc(new LocalDateTime(2026, 2, 1, hour, 0).PlusDays(day));

    private static CalendarObject On(int day) =>
        new() { Uid = "u", Master = new EventDefinition(At(day), At(day, 10), EventContent.Empty) };

    private static CalendarObject Daily() =>
        On(1) with { Rules = [new RecurrenceRule { Frequency = RecurrenceFrequency.Daily, Count = 10 }] };
}

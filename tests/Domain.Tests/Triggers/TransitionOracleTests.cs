using CalendarActors.Domain.Time;
using CalendarActors.Domain.Triggers;
using CsCheck;
using NodaTime;

namespace CalendarActors.Domain.Tests.Triggers;

/// <summary>Random lives of an event against an oracle that sees all of one at once.</summary>
public sealed class TransitionOracleTests
{
    private const int Life = 10_000;

    private static readonly Instant Zero = Instant.FromUtc(2026, 2, 1, 0, 0);
    private static readonly Transition AtStart = new(IsBefore: false, EventEdge.Start, 0);

    // Gaps between changes, where the start is put relative to the change, whether it is only the title, how late we look.
    private static readonly Gen<Move[]> Moves = Gen.Select(
        Gen.Int[2, 300], Gen.Int[-200, 400], Gen.Int[0, 3], Gen.Double[0, 0.99], (gap, to, kind, lag) => new Move(gap, to, kind == 0, lag)).Array[1, 25];

    [Fact]
    public void Step_WhenTheEventMovesAtRandom_FiresExactlyOnceForEachMomentThatLayAheadAndCame() =>
        Gen.Select(Gen.Int[0, 400], Moves, Gen.Int[0, 20]).Sample(
            (first, moves, spread) => Assert.Equal(Expected(first, moves), Actual(first, moves, spread)),
            iter: 5_000);

    [Fact]
    public void Step_OfASeriesThatIsLookedAtAtRandom_FiresExactlyOnceForEachHappening() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 400].Array[1, 60], Gen.Int[0, 20]).Sample(
            (interval, looks, spread) =>
            {
                TransitionProgress progress = TransitionProgress.From(Zero);
                List<int> fired = [];
                int now = 0;
                foreach (int gap in looks)
                {
                    now += gap;

                    // Happenings come into view as time goes, and what is long past is out of it.
                    int view = now;
                    IEnumerable<HappeningTimes> seen = Enumerable.Range(1, (now + 500) / interval).Select(i => i * interval)
                        .Where(start => Zero + Duration.FromSeconds(start) >= progress.SettledThrough && start <= view + 500)
                        .Select(At);
                    TransitionStep step = TransitionRules.Step(
                        progress, AtStart, [.. seen], Zero, Zero + Duration.FromSeconds(now), Duration.FromSeconds(spread));
                    progress = step.Progress;
                    fired.AddRange(step.Fired.Select(Second));
                }

                Assert.Equal(Enumerable.Range(1, (now / interval) + 1).Select(i => i * interval).TakeWhile(s => s + spread <= now), fired);
            },
            iter: 1_000);

    /// <summary>A stretch during which the event stays where it is counts when it began before and ended after its moment.</summary>
    private static List<int> Expected(int first, Move[] moves)
    {
        List<int> expected = [];
        (int from, int start, int now) = (0, first, 0);
        foreach (Move move in moves)
        {
            now += move.Gap;
            int next = move.IsTitleOnly ? start : now + move.To;
            if (next != start)
            {
                Count(until: now);
                (from, start) = (now, next);
            }
        }

        Count(until: Life);
        return expected;

        void Count(int until)
        {
            if (start > from && start <= until)
            {
                expected.Add(start);
            }
        }
    }

    private static List<int> Actual(int first, Move[] moves, int spread)
    {
        TransitionProgress progress = TransitionProgress.From(Zero);
        List<int> fired = [];
        (int start, int changed, int now) = (first, 0, 0);
        Look(0);
        for (int i = 0; i < moves.Length; i++)
        {
            now += moves[i].Gap;
            start = moves[i].IsTitleOnly ? start : now + moves[i].To;
            changed = now;

            // Some time before the next change.
            int until = i + 1 < moves.Length ? moves[i + 1].Gap : Life;
            Look(now + (int)(until * moves[i].Lag));
        }

        Look(Life + spread);
        return fired;

        void Look(int at)
        {
            TransitionStep step = TransitionRules.Step(
                progress,
                AtStart,
                [At(start)],
                Zero + Duration.FromSeconds(changed),
                Zero + Duration.FromSeconds(at),
                Duration.FromSeconds(spread));
            progress = step.Progress;
            fired.AddRange(step.Fired.Select(Second));
        }
    }

    private static int Second(Armed armed) => (int)(armed.Due - Zero).TotalSeconds;

    private static HappeningTimes At(int second)
    {
        Instant at = Zero + Duration.FromSeconds(second);
        return new HappeningTimes($"evt_{second}", CalendarTime.Utc(at), CalendarTime.Utc(at), at, at);
    }

    private sealed record Move(int Gap, int To, bool IsTitleOnly, double Lag);
}

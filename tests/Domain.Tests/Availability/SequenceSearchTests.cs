using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Tests.Recurrence;
using CsCheck;
using Xunit.Abstractions;

namespace CalendarActors.Domain.Tests.Availability;

/// <summary>Sequences against all of them, written down one by one.</summary>
public sealed class SequenceSearchTests(ITestOutputHelper output)
{
    private const int Cases = 1_500;
    private const int Quarter = 900;

    [Fact]
    public void Find_WhateverIsAsked_IsTheFirstToBeOverOfAllThatThereAre()
    {
        int telling = 0;
        Gen.Int.Select(Make).Sample(
            asked =>
            {
                string[] expected = [.. Best(asked.Steps, asked.Members).Take(50).Select(Show)];

                var actual = SequenceSearch.Find(asked.Steps, asked.Members, 50).Sequences;

                Assert.Equal(expected, actual.Select(s => Show(s.Select(slot => (slot.Step, slot.Time.Start)))));
                Assert.All(actual.SelectMany(s => s), slot => Assert.Equal(
                    asked.Steps[slot.Step].Query.Duration, slot.Time.End - slot.Time.Start));
                telling += expected.Length > 0 ? 1 : 0;
            },
            output.WriteLine,
            iter: Cases,
            threads: 1,
            print: asked => string.Join('\n', asked.Steps.Select(s => $"{s.Query.Duration} {s.Ordinal} {s.Before} {s.After} {s.Query.Starts.Count}")));
        output.WriteLine($"{telling} of {Cases} with sequences.");
        Assert.True(telling > Cases / 3);
    }

    [Theory]
    [InlineData(5, 512, false)]
    [InlineData(SequenceSearch.MaxSteps, 1, true)]
    public void Find_WhenThereAreEndlessWays_EndsWithWhatItHasAndSaysSo(int steps, int atLeast, bool isTruncated)
    {
        SequenceStep step = new(
            Query([0], 60, TimeSet.Of(new Stretch(0, 35 * 86_400)), 300), null, new Gap(0, 80_000), new Gap(0, 80_000));

        (var found, bool cutShort) = SequenceSearch.Find(
            [.. Enumerable.Repeat(step, steps)], [new MemberTime(null, TimeSet.Empty, TimeSet.Empty)], 512);

        Assert.Equal(isTruncated, cutShort);
        Assert.InRange(found.Length, atLeast, 512);
        Assert.All(found, s => Assert.Equal(steps, s.Length));
        Assert.Equal(Enumerable.Range(0, found.Length).Select(i => i * 300L), found.Select(s => s[0].Time.Start));
    }

    private static (ImmutableArray<SequenceStep> Steps, ImmutableArray<MemberTime> Members) Make(int seed)
    {
        Draw draw = new(seed);
        TimeSet Some() => TimeSet.Of(Enumerable.Range(0, draw.Between(0, 4)).Select(_ =>
            Quarter * draw.Between(0, 24) is var start ? new Stretch(start, start + (Quarter * draw.Between(1, 3))) : default));
        ImmutableArray<MemberTime> members =
            [.. Enumerable.Range(0, 3).Select(_ => new MemberTime(null, Some(), TimeSet.Empty))];
        return ([.. Enumerable.Range(0, draw.Between(1, 4)).Select(_ => new SequenceStep(
            Query(
                draw.Between(0, 1) == 0 ? [draw.Between(0, 2)] : [0, 1, 2],
                Quarter * draw.Between(1, 3),
                TimeSet.Of(new Stretch(0, Quarter * draw.Between(10, 24))),
                Quarter * draw.Between(1, 2)),
            draw.Between(0, 1) == 0 ? null : draw.Between(1, 3),
            Gap(draw),
            Gap(draw)))], members);
    }

    private static Gap Gap(Draw draw)
    {
        int minimum = Quarter * draw.Between(0, 1);
        return new Gap(minimum, draw.Between(0, 1) == 0 ? null : minimum + (Quarter * draw.Between(0, 4)));
    }

    private static AvailabilityQuery Query(ImmutableArray<int> members, int duration, TimeSet periods, int step) => new()
    {
        Groups = [new MemberGroup(members.Length, members)],
        Duration = duration,
        Starts = CandidateStarts.Every(step, periods, 0, duration),
        Format = AvailabilityFormat.OverlappingSlots,
        MaxResults = int.MaxValue,
    };

    private static string Show(IEnumerable<(int Step, long Start)> sequence) =>
        string.Join(' ', sequence.Select(s => $"{s.Step}@{s.Start / Quarter}"));

    private static IEnumerable<List<(int Step, long Start)>> Best(
        ImmutableArray<SequenceStep> steps, ImmutableArray<MemberTime> members) =>
        from all in Every(steps, [.. steps.Select(s => AvailabilitySearch.Find(s.Query, members).Select(t => t.Start).ToArray())])
        group all by all[0].Start into beginning
        orderby beginning.Key
        select beginning.OrderBy(s => End(steps, s)).ThenBy(s => string.Concat(s.Select(p => $"{p.Step:00}{p.Start:00000000}")), StringComparer.Ordinal).First();

    private static long End(ImmutableArray<SequenceStep> steps, List<(int Step, long Start)> sequence) =>
        sequence[^1].Start + steps[sequence[^1].Step].Query.Duration;

    /// <summary>All orders, and all starts of each, of which those are kept that keep every rule.</summary>
    private static List<List<(int Step, long Start)>> Every(ImmutableArray<SequenceStep> steps, long[][] starts)
    {
        List<List<(int, long)>> kept = [];
        Extend([]);
        return kept;

        void Extend(List<(int Step, long Start)> sequence)
        {
            if (sequence.Count == steps.Length)
            {
                kept.Add([.. sequence]);
                return;
            }

            for (int step = 0; step < steps.Length; step++)
            {
                bool isDone = sequence.Any(s => s.Step == step);
                bool isEarly = steps.Where((s, i) => s.Ordinal < steps[step].Ordinal && sequence.All(p => p.Step != i)).Any();
                foreach (long start in isDone || isEarly ? [] : starts[step])
                {
                    if (sequence.Count == 0 || Keeps(start - End(steps, sequence), steps[sequence[^1].Step].After, steps[step].Before))
                    {
                        Extend([.. sequence, (step, start)]);
                    }
                }
            }
        }
    }

    private static bool Keeps(long between, Gap after, Gap before) =>
        between >= after.Minimum && between >= before.Minimum
        && !(between > after.Maximum) && !(between > before.Maximum);
}

using System.Collections.Immutable;
using CalendarActors.Domain.Recurrence;
using CsCheck;
using NodaTime;
using Xunit.Abstractions;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>
/// Random series against <see cref="NaiveExpander"/>, and what must hold between windows of one series.
/// </summary>
/// <remarks>
/// A failure prints the smallest case found and its seed; <c>CsCheck_Seed=&lt;seed&gt;</c> in the environment replays
/// it. <c>CALENDARACTORS_TEST_SCALE</c> multiplies the number of cases.
/// </remarks>
public sealed class OracleTests(ITestOutputHelper output)
{
    private static readonly int Scale =
        int.TryParse(Environment.GetEnvironmentVariable("CALENDARACTORS_TEST_SCALE"), out int scale) ? Math.Max(1, scale) : 1;

    [Fact]
    public void Expand_WhenAnyRuleOfDays_AgreesWithTheOracle() => Check(RandomSeries.OfOneRule, 3_000, AgreesWithOracle);

    [Fact]
    public void Expand_WhenAnyRuleWithinDays_AgreesWithTheOracle() =>
        Check(RandomSeries.OfOneRuleWithinDays, 300, AgreesWithOracle);

    [Fact]
    public void Expand_WhenAnySeriesWithExceptions_AgreesWithTheOracle() =>
        Check(RandomSeries.WithEverything, 3_000, AgreesWithOracle);

    [Fact]
    public void Expand_WhenAWindowIsCutInTwo_IsTheUnionOfItsParts() =>
        Check(RandomSeries.WithEverything, 2_000, IsUnionOfParts);

    [Fact]
    public void Expand_WhenAskedAgain_AnswersTheSameInOrderAndOnce() =>
        Check(RandomSeries.WithEverything, 2_000, IsOrderedAndRepeatable);

    [Fact]
    public void Expand_WhenTheAllowanceIsSmall_ListsAllBeforeTheUnknown() =>
        Check(RandomSeries.WithEverything, 2_000, ListsAllBeforeTheUnknown);

    [Fact]
    public void Expand_WhenTheAllowanceIsSmallAndRulesAreOfTimes_ListsAllBeforeTheUnknown() =>
        Check(RandomSeries.OfOneRuleWithinDays, 300, ListsAllBeforeTheUnknown);

    private static void ListsAllBeforeTheUnknown(RandomSeries given)
    {
        Expansion whole = RecurrenceExpander.Expand(given.Series, given.Window, given.Zone);
        foreach (int few in new[] { 1, 3, 10, 40, 200 })
        {
            foreach (ExpansionAllowance allowance in new ExpansionAllowance[] { new(steps: few), new(occurrences: few) })
            {
                Expansion part = RecurrenceExpander.Expand(given.Series, given.Window, given.Zone, allowance);

                // Unknown from its first moment on means that what reaches into the window may be missing too.
                Instant unknown = part.UnknownFrom is not { } from ? Instant.MaxValue
                    : from == given.Window.Start ? Instant.MinValue : from;
                Assert.Subset(Times(whole, Instant.MaxValue).ToHashSet(), Times(part, Instant.MaxValue).ToHashSet());
                Assert.Equal(Times(whole, unknown), Times(part, unknown));
                Assert.True(part.UnknownFrom is null || given.Window.Contains(part.UnknownFrom.Value));
                Assert.True(part.IsTruncated || part.Occurrences.Length == whole.Occurrences.Length);
            }
        }
    }

    // An added date that names the same occurrence as a rule spells it in its own way.
    private static IEnumerable<(Instant Start, Instant End)> Times(Expansion expansion, Instant before) =>
        expansion.Occurrences.Where(o => o.StartsAt < before).Select(o => (o.StartsAt, o.EndsAt)).Order();

    private static void AgreesWithOracle(RandomSeries given)
    {
        Expansion expansion = RecurrenceExpander.Expand(given.Series, given.Window, given.Zone);

        string[] expected =
        [
            .. NaiveExpander.Expand(given.Series, given.Window, given.Zone)
                .Select(h => $"{h.StartsAt} {h.EndsAt} {h.Summary}").Order(StringComparer.Ordinal),
        ];
        IEnumerable<string> actual = expansion.Occurrences
            .Select(o => $"{o.StartsAt} {o.EndsAt} {o.Content.Summary}").Order(StringComparer.Ordinal);
        if (expansion.IsTruncated
            && (given.Series.Rules[0].Frequency == RecurrenceFrequency.Secondly || expected.Length > RecurrenceLimits.MaxOccurrences))
        {
            Assert.Subset(expected.ToHashSet(StringComparer.Ordinal), actual.ToHashSet(StringComparer.Ordinal));
            return;
        }

        Assert.False(expansion.IsTruncated);
        Assert.Equal(expected, actual);
    }

    private static void IsUnionOfParts(RandomSeries given)
    {
        Instant middle = given.Window.Start + (given.Window.Duration / 3);
        ImmutableArray<Occurrence> Of(Instant from, Instant to) =>
            RecurrenceExpander.Expand(given.Series, new Interval(from, to), given.Zone).Occurrences;

        HashSet<Occurrence> parts = [.. Of(given.Window.Start, middle), .. Of(middle, given.Window.End)];

        Assert.True(parts.SetEquals(Of(given.Window.Start, given.Window.End)));
    }

    private static void IsOrderedAndRepeatable(RandomSeries given)
    {
        Expansion one = RecurrenceExpander.Expand(given.Series, given.Window, given.Zone);
        Expansion other = RecurrenceExpander.Expand(given.Series, given.Window, given.Zone);

        Assert.Equal(one.Occurrences.AsEnumerable(), other.Occurrences.AsEnumerable());
        Assert.Equal(one.Occurrences.OrderBy(o => o.StartsAt), one.Occurrences.AsEnumerable());
        Assert.Equal(one.Occurrences.Length, one.Occurrences.Distinct().Count());
        Assert.All(one.Occurrences, o =>
        {
            Assert.Equal(o.Start.ToInstant(given.Zone), o.StartsAt);
            Assert.True(o.EndsAt >= o.StartsAt);
            Assert.Equal(o.Start.IsDate, o.End.IsDate);
        });
    }

    private void Check(Gen<RandomSeries> cases, int count, Action<RandomSeries> holds)
    {
        int looked = 0;
        int telling = 0;
        cases.Sample(
            given =>
            {
                holds(given);
                looked++;
                telling += RecurrenceExpander.Expand(given.Series, given.Window, given.Zone).Occurrences.IsEmpty ? 0 : 1;
            },
            output.WriteLine,
            iter: (long)count * Scale,
            threads: 1,
            print: given => given.ToString());
        output.WriteLine($"{looked} cases, {telling} with occurrences.");

        // A property over empty windows proves nothing.
        Assert.True(telling > looked / 3);
    }
}

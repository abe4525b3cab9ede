using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using NodaTime;
using Xunit.Abstractions;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>
/// What an ordinary expansion may cost, in bytes: they are the same on every machine, and garbage was what made other
/// expanders slow (3 to 5 KB an occurrence).
/// </summary>
public sealed class ExpansionCostTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("FREQ=DAILY", 400)]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 400)]
    [InlineData("FREQ=MONTHLY;BYDAY=1MO,-1FR", 1_000)]
    public void Expand_WhenARuleIsOrdinary_AllocatesLittleMoreThanItsOccurrences(string rule, long mostBytesEach)
    {
        CalendarObject series = Series.Of("Europe/Berlin:20200106T090000", "Europe/Berlin:20200106T100000", rule);
        series.Expand("20260101", "20270101");

        long before = GC.GetAllocatedBytesForCurrentThread();
        Expansion expansion = series.Expand("20260101", "20270101");
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / expansion.Occurrences.Length;

        output.WriteLine($"{each} bytes an occurrence");
        Assert.True(each <= mostBytesEach, $"{each} bytes an occurrence");
    }

    [Fact]
    public void Expand_WhenAnEventHappensOnce_AllocatesLessThanAKilobyte()
    {
        CalendarObject once = Series.Of("Europe/Berlin:20260106T090000", "Europe/Berlin:20260106T100000");
        Interval window = Series.Window("20260101", "20260201");
        RecurrenceExpander.Expand(once, window, Series.Berlin);

        long before = GC.GetAllocatedBytesForCurrentThread();
        RecurrenceExpander.Expand(once, window, Series.Berlin);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        output.WriteLine($"{bytes} bytes");
        Assert.True(bytes < 1_000, $"{bytes} bytes");
    }
}

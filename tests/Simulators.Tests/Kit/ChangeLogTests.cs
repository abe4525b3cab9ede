using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Tests.Kit;

public sealed class ChangeLogTests
{
    private static readonly DateTimeOffset Start = new(2027, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly ChangeLog<string> _log = new();

    [Fact]
    public void PastState_WhenServed_HasWhatWasThenThere()
    {
        _log.Append("a", "1", Start);
        _log.Append("b", "1", Start);
        _log.Append("a", "2", Start);
        _log.Append("b", null, Start);

        Assert.Equal(["1", "1"], _log.StateAt(2).Select(change => change.Value));
        Assert.Equal(["1", "2"], _log.StateAt(3).Select(change => change.Value));
        Assert.Equal(["2"], _log.StateAt().Select(change => change.Value));
        Assert.Equal("1", _log.Find("a", 2));
        Assert.Null(_log.Find("b"));
        Assert.True(_log.Knows("b"));
    }

    [Fact]
    public void Since_WhenAnItemChangedTwice_HasItsLastVersionOnly()
    {
        _log.Append("a", "1", Start);
        _log.Append("a", "2", Start);
        _log.Append("b", "1", Start);
        _log.Append("a", "3", Start);

        Assert.Equal(["b", "a"], _log.Since(1).Select(change => change.Id));
        Assert.Equal(["2", "1"], _log.Since(1, 3).Select(change => change.Value));
        Assert.Empty(_log.Since(4));
    }

    [Fact]
    public void Readable_WhenAChangeIsHidden_EndsBeforeIt()
    {
        _log.Append("a", "1", Start);
        _log.Append("b", "1", Start, TimeSpan.FromSeconds(20));
        _log.Append("c", "1", Start);

        Assert.Equal(1, _log.ReadableAt(Start));
        Assert.Equal(3, _log.ReadableAt(Start.AddSeconds(20)));
    }

    [Fact]
    public void Cursors_WhenTheCacheIsShort_AreHonoredForTheLastChangesOnly()
    {
        for (int change = 0; change < 10; change++)
        {
            _log.Append("a", "x", Start);
        }

        _log.HonorOnlyTheLast(3);

        Assert.Equal(7, _log.OldestHonored);
    }
}

using CalendarActors.Grains.Interfaces.Schedules;

namespace CalendarActors.Grains.Schedules;

/// <summary>What one calendar told, until it is out of date.</summary>
/// <remarks>
/// What is being asked for may be answered to everybody who comes before the calendar says that it changed: they came
/// before that change was answered for. Whoever comes later asks anew.
/// </remarks>
internal sealed class CachedCalendar(TimeProvider time, Func<Task<BusyTimes>> ask)
{
    private Task<CachedBusyTimes>? _asked;
    private long _since;

    /// <summary>What it tells, or told no longer ago than that.</summary>
    public Task<CachedBusyTimes> TimesAsync(TimeSpan lease)
    {
        if (_asked is null || _asked.IsFaulted || _asked.IsCanceled || time.GetElapsedTime(_since) >= lease)
        {
            _since = time.GetTimestamp();
            _asked = AskAsync();
        }

        return _asked;
    }

    /// <summary>Whatever it told is out of date.</summary>
    public void Forget() => _asked = null;

    private async Task<CachedBusyTimes> AskAsync() => new(await ask());
}

namespace CalendarActors.Grains;

/// <summary>What another grain told, until it is out of date.</summary>
/// <remarks>
/// What is being asked for may be answered to everybody who comes before that grain says that it changed: they came before
/// the change was answered for. Whoever comes later asks anew.
/// </remarks>
internal sealed class CachedAnswer<T>(TimeProvider time, Func<Task<T>> ask)
{
    private Task<T>? _asked;
    private long _since;

    /// <summary>What it tells, or told no longer ago than that.</summary>
    public Task<T> GetAsync(TimeSpan lease)
    {
        if (_asked is null || _asked.IsFaulted || _asked.IsCanceled || time.GetElapsedTime(_since) >= lease)
        {
            _since = time.GetTimestamp();
            _asked = ask();
        }

        return _asked;
    }

    /// <summary>Whatever it told is out of date.</summary>
    public void Forget() => _asked = null;
}

using CalendarActors.Grains.Interfaces.Applications;

namespace CalendarActors.Gateway.RateLimits;

/// <summary>The permits that this gateway holds for one application. Safe for concurrent use.</summary>
internal sealed class ApplicationLease(
    TimeProvider time, Func<int, int, CancellationToken, Task<RateLease>> leaseAsync) : IDisposable
{
    private const int Largest = 256;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    /// <summary>Short, because the application may have permits again in its next second.</summary>
    private static readonly TimeSpan RefusalLifetime = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _renewal = new(1);
    private RateLease _current = new(false, 0, 0);
    private long _leasedAt;
    private bool _isLeased;
    private int _left;

    public ValueTask<RateVerdict> TakeAsync(CancellationToken cancellationToken) =>
        TryTake() is { } verdict ? new ValueTask<RateVerdict>(verdict) : RenewAsync(cancellationToken);

    public void Dispose() => _renewal.Dispose();

    private RateVerdict? TryTake()
    {
        lock (_lock)
        {
            if (!_isLeased || time.GetElapsedTime(_leasedAt) >= (_current.Permits > 0 || _current.IsGone ? Lifetime : RefusalLifetime))
            {
                return null;
            }

            if (_current.IsGone)
            {
                return RateVerdict.Gone;
            }

            if (_current.Permits == 0)
            {
                return RateVerdict.Limited(_current.RetryAfterSeconds);
            }

            if (_left == 0)
            {
                return null;
            }

            _left--;
            return RateVerdict.Allowed;
        }
    }

    private async ValueTask<RateVerdict> RenewAsync(CancellationToken cancellationToken)
    {
        await _renewal.WaitAsync(cancellationToken);
        try
        {
            if (TryTake() is { } verdict)
            {
                return verdict;
            }

            int unused;
            int wanted;
            lock (_lock)
            {
                unused = _left;
                wanted = _left > 0 ? Math.Max(1, _current.Permits - _left) : Math.Clamp(_current.Permits * 2, 1, Largest);
                _left = 0;
            }

            RateLease lease = await leaseAsync(wanted, unused, cancellationToken);
            lock (_lock)
            {
                (_current, _left, _leasedAt, _isLeased) = (lease, lease.Permits, time.GetTimestamp(), true);
            }

            return TryTake() ?? RateVerdict.Limited(lease.RetryAfterSeconds);
        }
        finally
        {
            _renewal.Release();
        }
    }
}

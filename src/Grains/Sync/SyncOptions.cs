using CalendarActors.Domain.Sync;

namespace CalendarActors.Grains.Sync;

/// <summary>How calendars are kept equal, from configuration section <c>CalendarActors:Sync</c>.</summary>
public sealed class SyncOptions
{
    /// <summary>Where it is bound from.</summary>
    public const string Section = "CalendarActors:Sync";

    /// <summary>How often a calendar without a watch is pulled; 1 second to 1 day, default 5 minutes. Jittered by a tenth.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How often a calendar is pulled while its provider tells us of changes; 1 second to 7 days, default 6 hours. It is
    /// <see cref="PollInterval"/> again from the first change that we were not told of until the next notification, and for
    /// the first pull after a restart.
    /// </summary>
    public TimeSpan WatchedPollInterval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>
    /// How often a watched calendar that nobody asks for is loaded, to renew its watch and to look whether it was told of
    /// everything; 10 minutes to 1 day, default 2 hours. After an outage of all silos it is how late one may be that nobody
    /// is told of meanwhile. A calendar without a watch is loaded every half hour, whatever happened to its silo.
    /// </summary>
    public TimeSpan WatchedWakeInterval { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How often a watched calendar is compared item by item; 1 minute to 7 days, default 1 day.</summary>
    public TimeSpan WatchedReconcileInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often a calendar is compared item by item; 1 minute to 7 days, default 6 hours. Jittered by a tenth.</summary>
    public TimeSpan ReconcileInterval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How often the calendars of a connection are listed; 10 seconds to 7 days, default 1 hour.</summary>
    public TimeSpan ListInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The same while the list is watched, or where the provider has watches but none for lists; 10 seconds to 7 days,
    /// default 12 hours.
    /// </summary>
    public TimeSpan WatchedListInterval { get; set; } = TimeSpan.FromHours(12);

    /// <summary>
    /// Over how long a login must be refused before it counts as dead; 0 to 1 day, default 1 minute.
    /// </summary>
    public TimeSpan RefusalSpread { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Days before today that are kept expanded; 1 to 366, default 42.</summary>
    public int WindowDaysBack { get; set; } = 42;

    /// <summary>Days after today that are kept expanded; 1 to 731, default 201.</summary>
    public int WindowDaysAhead { get; set; } = 201;

    /// <summary>Pulls and writes that run at once in a silo for one provider; 1 to 10,000, default 64.</summary>
    public int CallsPerProvider { get; set; } = 64;

    /// <summary>Bytes of opened schedules that a silo keeps for reading; 1 MB to 16 GB, default 64 MB.</summary>
    public long ReadCacheBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems() => new[]
    {
        Within(PollInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(PollInterval)),
        Within(WatchedPollInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7), nameof(WatchedPollInterval)),
        Within(WatchedWakeInterval, TimeSpan.FromMinutes(10), TimeSpan.FromDays(1), nameof(WatchedWakeInterval)),
        Within(WatchedReconcileInterval, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7), nameof(WatchedReconcileInterval)),
        Within(WatchedListInterval, TimeSpan.FromSeconds(10), TimeSpan.FromDays(7), nameof(WatchedListInterval)),
        Within(ReconcileInterval, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7), nameof(ReconcileInterval)),
        Within(ListInterval, TimeSpan.FromSeconds(10), TimeSpan.FromDays(7), nameof(ListInterval)),
        Within(RefusalSpread, TimeSpan.Zero, TimeSpan.FromDays(1), nameof(RefusalSpread)),
        Within(WindowDaysBack, 1, ExpandedWindow.MostDaysBack, nameof(WindowDaysBack)),
        Within(WindowDaysAhead, 1, ExpandedWindow.MostDaysAhead, nameof(WindowDaysAhead)),
        Within(CallsPerProvider, 1, 10_000, nameof(CallsPerProvider)),
        Within(ReadCacheBytes, 1024 * 1024, 16L * 1024 * 1024 * 1024, nameof(ReadCacheBytes)),
    }.OfType<string>();

    private static string? Within<T>(T value, T least, T most, string name)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? null
            : $"CalendarActors:Sync:{name} is {value}. Set CalendarActors__Sync__{name} to a value from {least} to {most}.";
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using NodaTime;

namespace CalendarActors.TestKit.Providers;

/// <summary>Watches in memory: says who listens to what, and leaves the telling to the test.</summary>
public sealed class InMemoryWatches(TimeProvider time, InMemoryLogin tokens, bool areRenewedInPlace, Duration life) : IWatches
{
    private readonly ConcurrentDictionary<string, (string CalendarId, WatchRequest Request, ProviderWatch Watch)> _active =
        new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ProviderFault> _faults = new();
    private readonly ConcurrentQueue<ProviderFault> _listFaults = new();
    private int _count;

    /// <inheritdoc/>
    public bool AreRenewedInPlace => areRenewedInPlace;

    /// <inheritdoc/>
    public bool CoverLists => !areRenewedInPlace;

    /// <inheritdoc/>
    public Duration Life => life;

    /// <summary>Calls in order: <c>start</c>, <c>renew</c> or <c>stop</c>, and the calendar or <see cref="ListOf"/>.</summary>
    public ConcurrentQueue<(string Call, string CalendarId)> Calls { get; } = new();

    /// <summary>Awaited by each start before its effect is answered: a provider may notify before that.</summary>
    public Func<WatchRequest, Task>? Starting { get; set; }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Stands for a user's list of calendars where a calendar's id would be.</summary>
    public static string ListOf(string user) => "list of " + user;

    /// <summary>Who listens to a calendar now, oldest first.</summary>
    public ImmutableArray<(WatchRequest Request, ProviderWatch Watch)> Of(string calendarId) =>
    [
        .. _active.Values.Where(w => w.CalendarId == calendarId && w.Watch.ExpiresAt > Now)
            .OrderBy(w => w.Watch.ExpiresAt).Select(w => (w.Request, w.Watch)),
    ];

    /// <summary>The provider drops a watch without a word.</summary>
    public void Drop(string watchId) => _active.TryRemove(watchId, out _);

    /// <summary>The next starts and renewals fail: those of calendars, or those of lists.</summary>
    public void FailNext(ProviderFaultKind kind, int times = 1, bool ofLists = false)
    {
        for (int i = 0; i < times; i++)
        {
            (ofLists ? _listFaults : _faults).Enqueue(new ProviderFault(kind, "Injected."));
        }
    }

    /// <summary>Starts and renewals succeed again.</summary>
    public void ClearFaults()
    {
        _faults.Clear();
        _listFaults.Clear();
    }

    /// <inheritdoc/>
    public async Task<ProviderResult<ProviderWatch>> StartAsync(
        ProviderAccess access, string? calendarId, WatchRequest request, CancellationToken cancellationToken)
    {
        if (calendarId is null && !CoverLists)
        {
            throw new ArgumentNullException(nameof(calendarId));
        }

        string watched = calendarId ?? ListOf(tokens.UserOf(access.Secret) ?? "nobody");
        Calls.Enqueue(("start", watched));
        if ((calendarId is null ? _listFaults : _faults).TryDequeue(out ProviderFault? fault))
        {
            return fault;
        }

        string id = areRenewedInPlace ? $"sub-{Interlocked.Increment(ref _count)}" : request.Id;
        var watch = new ProviderWatch(id, areRenewedInPlace ? null : "res-" + id, Instant.Min(request.Until, Now + life));
        _active[id] = (watched, request, watch);
        await (Starting?.Invoke(request) ?? Task.CompletedTask);
        return watch;
    }

    /// <inheritdoc/>
    public Task<ProviderResult<ProviderWatch>> RenewAsync(
        ProviderAccess access, ProviderWatch watch, Instant until, CancellationToken cancellationToken)
    {
        if (!_active.TryGetValue(watch.Id, out var held) || held.Watch.ExpiresAt <= Now)
        {
            return Task.FromResult<ProviderResult<ProviderWatch>>(new ProviderFault(ProviderFaultKind.NotFound, "It is gone."));
        }

        Calls.Enqueue(("renew", held.CalendarId));
        if (_faults.TryDequeue(out ProviderFault? fault))
        {
            return Task.FromResult<ProviderResult<ProviderWatch>>(fault);
        }

        ProviderWatch renewed = watch with { ExpiresAt = Instant.Min(until, Now + life) };
        _active[watch.Id] = held with { Watch = renewed };
        return Task.FromResult<ProviderResult<ProviderWatch>>(renewed);
    }

    /// <inheritdoc/>
    public Task<ProviderFault?> StopAsync(ProviderAccess access, ProviderWatch watch, CancellationToken cancellationToken)
    {
        Calls.Enqueue(("stop", _active.TryRemove(watch.Id, out var held) ? held.CalendarId : ""));
        return Task.FromResult<ProviderFault?>(null);
    }
}

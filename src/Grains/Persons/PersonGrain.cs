using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CalendarActors.Grains.Persons;

/// <summary>One end-user's list and feed. In a turn it calls nobody; outside, it wakes those who listen, who answer at once.</summary>
/// <remarks>
/// Interleaving: what is only read, and the timer that wakes. They see rows that are written. How far each listener has
/// seen is known in memory only: it is theirs to remember, and who is woken for nothing says so again.
/// </remarks>
[GrainType("person")]
internal sealed class PersonGrain(
    [PersistentState(StorageNames.Person, StorageNames.Provider)] IPersistentState<PersonState> stored,
    [PersistentState(StorageNames.PersonFeed, StorageNames.Provider)] IPersistentState<PersonFeedState> feed,
    TimeProvider time,
    ILogger<PersonGrain> log)
    : Grain, IPersonGrain, IDisposable
{
    /// <summary>The most entries of one answer.</summary>
    public const int FeedPage = 100;

    // One write of the list in so many entries, so that no sequence is given twice when the feed's row is gone.
    private const int SequencesAtOnce = 1_000;

    private readonly Dictionary<(NewsKind Kind, string SourceId), (long Version, Instant Since)> _told = [];
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private PersonState _list = new();
    private PersonFeedState _feed = new();
    private long _last;
    private long _readThrough;
    private WorkLoop _loop = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_list, _feed) = (stored.State, feed.State);
        _last = _feed.IsEmpty ? _list.SequencesThrough : _feed.Told[^1].Entry.Sequence;
        foreach (ToldState told in _feed.Told)
        {
            _told[(told.Entry.Kind, told.Entry.SourceId)] = (told.Version, told.Since);
        }

        ListenerCalls calls = new(GrainFactory, time, log, this.GetPrimaryKeyString());
        _loop = new WorkLoop(this, keepAlive: false, token => calls.RunAsync(Behind, token));
        await TrimAsync();
        if (!_feed.IsEmpty)
        {
            _loop.Kick();
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _loop.EndAsync(cancellationToken);

    public void Dispose() => _loop?.Dispose();

    public Task Attach(ConnectionSummary summary, CancellationToken cancellationToken)
    {
        ConnectionSummary? known = _list.Connections.FirstOrDefault(c => c.ConnectionId == summary.ConnectionId);
        return known?.Version >= summary.Version
            ? Task.CompletedTask
            : WriteAsync(_list with
            {
                Connections = known is null
                    ? _list.Connections.Add(summary)
                    : _list.Connections.Replace(known, summary),
            });
    }

    public Task Detach(string connectionId, CancellationToken cancellationToken) =>
        _list.Connections.Any(c => c.ConnectionId == connectionId)
            ? WriteAsync(_list with { Connections = _list.Connections.RemoveAll(c => c.ConnectionId == connectionId) })
            : Task.CompletedTask;

    public Task AddGrant(string grantId, CancellationToken cancellationToken) =>
        _list.Grants.Contains(grantId, StringComparer.Ordinal)
            ? Task.CompletedTask
            : WriteAsync(_list with { Grants = _list.Grants.Add(grantId) });

    public Task RemoveGrant(string grantId, CancellationToken cancellationToken) =>
        _list.Grants.Contains(grantId, StringComparer.Ordinal)
            ? WriteAsync(_list with { Grants = _list.Grants.Remove(grantId, StringComparer.Ordinal) })
            : Task.CompletedTask;

    public Task<PersonView> View(CancellationToken cancellationToken) =>
        Task.FromResult(new PersonView(_list.Connections, _list.Grants));

    public async Task Tell(PersonNews news, CancellationToken cancellationToken)
    {
        (NewsKind, string) source = (news.Kind, news.SourceId);
        (long, Instant) told = (news.Version, news.Since);
        if (_list.Listeners.IsEmpty || (_told.TryGetValue(source, out (long, Instant) last) && last == told))
        {
            return;
        }

        long sequence = _last + 1;
        if (sequence > _list.SequencesThrough)
        {
            await WriteAsync(_list with { SequencesThrough = sequence + SequencesAtOnce - 1 });
        }

        await WriteFeedAsync(_feed.With(news, sequence, _readThrough));
        _last = sequence;
        _told[source] = told;
        _loop.Kick();
    }

    public async Task<long> Listen(string channelId, CancellationToken cancellationToken)
    {
        ListenerState? listener = _list.Listeners.FirstOrDefault(l => l.ChannelId == channelId);
        if (listener is null)
        {
            listener = new ListenerState(channelId, _last);
            await WriteAsync(_list with { Listeners = _list.Listeners.Add(listener) });
        }

        return listener.After;
    }

    public async Task StopListening(string channelId, CancellationToken cancellationToken)
    {
        if (_list.Listeners.Any(l => l.ChannelId == channelId))
        {
            await WriteAsync(_list with { Listeners = _list.Listeners.RemoveAll(l => l.ChannelId == channelId) });
            _seen.Remove(channelId);
            await TrimAsync();
        }
    }

    public Task<PersonFeed> Feed(long after, CancellationToken cancellationToken)
    {
        PersonFeed page = new([.. _feed.Told.Select(t => t.Entry).Where(e => e.Sequence > after).Take(FeedPage)], _last);
        _readThrough = page.Entries.IsEmpty ? _readThrough : Math.Max(_readThrough, page.Entries[^1].Sequence);
        return Task.FromResult(page);
    }

    public async Task Seen(string channelId, long through, CancellationToken cancellationToken)
    {
        if (_list.Listeners.FirstOrDefault(l => l.ChannelId == channelId) is { } listener && through > ThroughOf(listener))
        {
            _seen[channelId] = through;
            await TrimAsync();
        }
    }

    public Task Wake(CancellationToken cancellationToken)
    {
        _loop.Kick();
        return Task.CompletedTask;
    }

    private long ThroughOf(ListenerState listener) => Math.Max(listener.After, _seen.GetValueOrDefault(listener.ChannelId));

    /// <summary>Who has not seen all there is, and the last that there is.</summary>
    private (IReadOnlyList<string> ChannelIds, long Last) Behind() => _feed.IsEmpty
        ? ([], _last)
        : ([.. _list.Listeners.Where(l => ThroughOf(l) < _feed.Told[^1].Entry.Sequence).Select(l => l.ChannelId)],
            _feed.Told[^1].Entry.Sequence);

    /// <summary>Lets go of what all have seen.</summary>
    private Task TrimAsync()
    {
        PersonFeedState left = _feed.IsEmpty ? _feed : _feed.After(_list.Listeners.IsEmpty ? _last : _list.Listeners.Min(ThroughOf));
        return ReferenceEquals(left, _feed) ? Task.CompletedTask : WriteFeedAsync(left);
    }

    private async Task WriteAsync(PersonState next)
    {
        await stored.CommitAsync(next, DeactivateOnIdle, CancellationToken.None);
        _list = next;
    }

    private async Task WriteFeedAsync(PersonFeedState next)
    {
        await (next.IsEmpty
            ? feed.ClearOrEndAsync(DeactivateOnIdle)
            : feed.CommitAsync(next, DeactivateOnIdle, CancellationToken.None));
        _feed = next;
    }
}

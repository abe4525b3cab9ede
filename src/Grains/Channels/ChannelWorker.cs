using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Persons;
using NodaTime;

namespace CalendarActors.Grains.Channels;

/// <summary>Reads what a person's feed has for a channel and tells it, one delivery at a time, outside the grain's turns.</summary>
/// <remarks>
/// 1 leave whom it need not listen to, 2 listen, 3 read the feed, 4 make a delivery of what waits, 5 try the one that is
/// due, 6 store what came of all that and let go of the feed. Storing comes last and not at once: until then the feed still
/// has what was told, and a crash only tells it again.
/// </remarks>
internal sealed class ChannelWorker(string channelId, ChannelRows rows, ChannelParts parts)
{
    /// <summary>How long outcomes are collected before they are stored together.</summary>
    public static readonly Duration Gathering = Duration.FromSeconds(2);

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(20);

    private readonly ChannelPost _post = new(channelId, rows, parts);
    private bool _hasNews;
    private bool _isUnconfirmed;
    private Instant? _saveAt;
    private int _metered;

    /// <summary>There may be something to read, or the person forgot how far it was read.</summary>
    public void Hear() => (_hasNews, _isUnconfirmed) = (true, true);

    /// <summary>Works until nothing is due.</summary>
    /// <returns>When to run again; null when nothing waits.</returns>
    public async Task<TimeSpan?> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested && !rows.IsEnding)
            {
                if (!await StepAsync(cancellationToken))
                {
                    return NextDue() is { } due ? Duration.Max(due - parts.Now, Duration.Zero).ToTimeSpan() : null;
                }

                Meter();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            parts.Log.ChannelWorkerFailed(exception, channelId);
            return rows.IsEnding ? null : AfterFault;
        }

        return null;
    }

    /// <summary>What waits in this activation is not counted any more.</summary>
    public void Forget()
    {
        parts.Meters.Waiting(-_metered);
        _metered = 0;
    }

    /// <summary>Does one thing that is due; false when nothing is.</summary>
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (rows.Outbox.Leave is { } person)
        {
            await LeaveAsync(person, cancellationToken);
            return true;
        }

        if (!rows.Channel.IsOpen)
        {
            return await SettleAsync();
        }

        if (rows.Channel.Position is null)
        {
            await ListenAsync(cancellationToken);
            return true;
        }

        if (_hasNews)
        {
            _hasNews = false;
            try
            {
                await ReadAsync(cancellationToken);
            }
            catch
            {
                _hasNews = true;
                throw;
            }

            return true;
        }

        if (_post.Make())
        {
            return true;
        }

        if (rows.Outbox.Pending is { } delivery && (delivery.NextAttempt is null || delivery.NextAttempt <= parts.Now))
        {
            await _post.TryAsync(delivery, cancellationToken);
            return true;
        }

        return await StoreAsync(cancellationToken);
    }

    /// <summary>When something is due that is not due yet.</summary>
    private Instant? NextDue()
    {
        Instant? attempt = rows.Channel.IsOpen ? rows.Outbox.Pending?.NextAttempt : null;
        return attempt is { } a && _saveAt is { } s ? Instant.Min(a, s) : attempt ?? _saveAt;
    }

    private async Task LeaveAsync(string personId, CancellationToken cancellationToken)
    {
        await parts.Grains.Person(personId).StopListening(channelId, cancellationToken);
        if (!rows.Channel.Exists)
        {
            await parts.Directory.RemoveAsync(DirectoryKinds.Channel, channelId, cancellationToken);
        }

        rows.Owe(o => o.Leave == personId ? o with { Leave = null } : o);
        await rows.SaveAsync();
    }

    /// <summary>A channel that does not tell owes nothing: what is left was owed by one that never came to be, or closed.</summary>
    private async Task<bool> SettleAsync()
    {
        _saveAt = null;
        if (rows.Outbox.IsEmpty && !rows.IsUnsaved)
        {
            return false;
        }

        rows.Owe(_ => ChannelOutboxState.Empty);
        await rows.SaveAsync();
        return true;
    }

    /// <summary>Starts to listen: from then on nothing is missed.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        long position = await parts.Grains.Person(rows.Channel.PersonId).Listen(channelId, cancellationToken);
        rows.Change(c => c with { Position = c.Position ?? position });
        await rows.SaveAsync();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        IPersonGrain person = parts.Grains.Person(rows.Channel.PersonId);
        PersonFeed page;
        do
        {
            page = await person.Feed(rows.Channel.Position ?? 0, cancellationToken);
            foreach (FeedEntry entry in page.Entries)
            {
                if (FeedRules.NoticeOf(entry, rows.Channel.ClientId, rows.Channel.Filter) is { } notice)
                {
                    rows.Owe(o => o.With(notice, parts.Now));
                }

                rows.Change(c => c with { Position = entry.Sequence });
                _isUnconfirmed = true;
            }
        }
        while (!page.Entries.IsEmpty && page.Entries[^1].Sequence < page.Last && rows.Channel.IsOpen);
    }

    /// <summary>Stores what is not stored when its time has come, and lets go of the feed.</summary>
    private async Task<bool> StoreAsync(CancellationToken cancellationToken)
    {
        if (!rows.IsUnsaved && !_isUnconfirmed)
        {
            _saveAt = null;
            return false;
        }

        // Nothing hurries but what others wait for: there is nobody to push it to.
        Instant now = parts.Now;
        _saveAt ??= rows.Channel.Settings.IsPushed ? now + Gathering : now;
        if (_saveAt > now)
        {
            return false;
        }

        long position = rows.Channel.Position ?? 0;
        (_saveAt, _isUnconfirmed) = (null, false);
        try
        {
            if (rows.IsUnsaved)
            {
                await rows.SaveAsync();
            }

            await parts.Grains.Person(rows.Channel.PersonId).Seen(channelId, position, cancellationToken);
        }
        catch
        {
            _isUnconfirmed = true;
            throw;
        }

        return true;
    }

    private void Meter()
    {
        int count = rows.Outbox.Count;
        parts.Meters.Waiting(count - _metered);
        _metered = count;
    }
}

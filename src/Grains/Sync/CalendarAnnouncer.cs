using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Persons;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Tells a calendar's person of what was committed. On the worker only.</summary>
internal sealed class CalendarAnnouncer(CalendarCopy copy, ScheduleNotice notice, SyncParts parts)
{
    private static readonly Duration LongestWait = Duration.FromMinutes(5);

    private int _failures;
    private Instant? _notBefore;

    /// <summary>When to try again what failed; null when nothing waits.</summary>
    public Instant? NextDue => copy.Rows.Untold is null && !notice.IsOwed ? null : _notBefore ?? parts.Now;

    /// <summary>Tells what is owed, and notes it where that needs a write of its own.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await TellAsync(cancellationToken);
        CalendarOutboxState owed = copy.Rows.Outbox;
        if (owed is { AnnouncedThrough: not null, IsQuiet: true } && copy.Rows.Untold is null)
        {
            await TryAsync(
                () => copy.Rows.ChangeOutboxAsync(o => o.IsQuiet && o.AnnouncedThrough is not null ? o : null), isWaiting: false, cancellationToken);
        }
    }

    /// <summary>Tells what is owed. Told twice, after a crash, it is the same news.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        bool isWaiting = _notBefore > parts.Now;
        if (copy.Connected is not { } connected || (isWaiting && !notice.IsOwed))
        {
            return;
        }

        await TryAsync(
            async () =>
            {
                // First, also while a person does not answer: who hears of a change may ask at once when people have time. Where
                // no entry is another, the time may be: a calendar was read for the first time, and there was nothing in it.
                await notice.TellAsync(cancellationToken);
                if (!isWaiting && copy.Rows.Untold is { } last)
                {
                    await parts.Grains.Person(connected.PersonId).Tell(
                        new(NewsKind.Changed, copy.CalendarId, connected.ConnectionId, last.Version, last.Since, last.Origins),
                        cancellationToken);
                    copy.Rows.Told(last.Version);
                    parts.Meters.Announced(NewsKind.Changed, (parts.Now - last.Since).TotalSeconds);
                }
            },
            isWaiting,
            cancellationToken);
    }

    // What is done while something else waits says nothing about that.
    private async Task TryAsync(Func<Task> work, bool isWaiting, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            if (!isWaiting)
            {
                (_failures, _notBefore) = (0, null);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // It stays owed.
            _notBefore = isWaiting
                ? _notBefore
                : parts.Now + Duration.Min(LongestWait, Duration.FromSeconds(1L << Math.Min(_failures++, 10)));
            parts.Log.NotAnnounced(exception, copy.CalendarId);
        }
    }
}

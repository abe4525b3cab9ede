using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Connections;

/// <summary>Carries out what a connection owes, outside the turns of its grain: to targets that never call back.</summary>
internal sealed class ConnectionWorker(string connectionId, ConnectionRows rows, CalendarLister lister, SyncParts parts)
{
    private readonly ConnectionFarewell _farewell = new(connectionId, rows, parts);

    /// <summary>Works until nothing is due.</summary>
    /// <returns>When to run again; null when nothing waits.</returns>
    public async Task<TimeSpan?> RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && !rows.IsEnding && NextDue() is { } due)
        {
            Instant now = parts.Now;
            if (due > now)
            {
                return (due - now).ToTimeSpan();
            }

            await RoundAsync(cancellationToken);
        }

        return null;
    }

    private ICalendarProvider? Provider => parts.Catalog.Find(rows.Meta.ProviderName);

    private bool IsListed => rows.Meta is { PersonId: not null, State: ConnectionState.Connected } && Provider is { HasRemote: true };

    private Instant? NextDue()
    {
        Instant? due = rows.Outbox.IsEmpty ? null : rows.Outbox.NotBefore ?? NodaConstants.UnixEpoch;
        if (!IsListed)
        {
            return due;
        }

        // What failed is not tried sooner because its own time has come.
        Instant list = rows.Outbox.NotBefore is { } wait ? Instant.Max(lister.NextDue, wait) : lister.NextDue;
        return due is { } d ? Instant.Min(d, list) : list;
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        bool isOwed = !rows.Outbox.IsEmpty;
        try
        {
            await TellCalendarsAsync(cancellationToken);
            await TellPersonAsync(cancellationToken);
            await TellNewsAsync(cancellationToken);
            await _farewell.RevokeAsync(cancellationToken);
            if (IsListed && (rows.Outbox.List || !isOwed))
            {
                if (await lister.RunAsync(cancellationToken) is { } fault && rows.Meta.State == ConnectionState.Connected)
                {
                    await PostponeAsync(fault);
                }
            }
            else if (rows.Outbox.List)
            {
                await rows.ChangeOutboxAsync(o => o with { List = false });
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            parts.Log.ConnectionWorkerFailed(exception, connectionId);
            if (!rows.IsEnding)
            {
                await PostponeAsync(new ProviderFault(ProviderFaultKind.Transient, "The worker failed; see the log."));
            }
        }
    }

    /// <summary>What a calendar must know, and by which credential: one that was proved anew is told even if all else is the same.</summary>
    private (string? PersonId, ConnectionState State, CalendarSummary? Calendar, long Credential) TruthFor(string id) =>
        (rows.Meta.PersonId, rows.Meta.State, KnownAs(id)?.Summary, rows.Tokens.Version);

    private ConnectedCalendarState? KnownAs(string id) => rows.Meta.Calendars.FirstOrDefault(c => c.Summary.CalendarId == id);

    private async Task TellCalendarsAsync(CancellationToken cancellationToken)
    {
        foreach (string id in rows.Outbox.TellCalendars)
        {
            var told = TruthFor(id);
            ConnectionMetaState meta = rows.Meta;
            ICalendarGrain calendar = parts.Grains.GetGrain<ICalendarGrain>(id);
            ConnectedCalendarState? known = KnownAs(id);
            if (!meta.IsClaimed || known is null)
            {
                await _farewell.StopWatchesAsync(calendar, cancellationToken);
                await calendar.Forget(cancellationToken);
            }
            else if (meta.State != ConnectionState.Connected || known.Summary.IsDeleted)
            {
                await calendar.Suspend(cancellationToken);
            }
            else
            {
                await calendar.Connect(
                    new ConnectCalendar(
                        connectionId,
                        meta.PersonId!,
                        meta.ProviderName,
                        known.ProviderCalendarId,
                        known.Summary.IsReadOnly,
                        known.Summary.ZoneId),
                    cancellationToken);
            }

            // What became otherwise meanwhile is still owed.
            await rows.ChangeOutboxAsync(o => TruthFor(id) == told
                ? o with { TellCalendars = o.TellCalendars.Remove(id, StringComparer.Ordinal) }
                : o);
        }
    }

    private async Task TellPersonAsync(CancellationToken cancellationToken)
    {
        if (rows.Outbox.FormerPersonId is { } former)
        {
            await parts.Grains.GetGrain<IPersonGrain>(former).Detach(connectionId, cancellationToken);
            await (rows.Meta.IsClaimed
                ? Task.CompletedTask
                : parts.Directory.RemoveAsync(DirectoryKinds.Connection, connectionId, cancellationToken));
            await rows.ChangeOutboxAsync(o => o.FormerPersonId == former ? o with { FormerPersonId = null } : o);
        }

        if (!rows.Outbox.TellPerson)
        {
            return;
        }

        long version = rows.Meta.Version;
        if (rows.Meta is { IsClaimed: true, PersonId: { } person })
        {
            await parts.Directory.PutAsync(
                new DirectoryEntry(
                    DirectoryKinds.Connection, connectionId, DirectoryKinds.WordOf(rows.Meta.State), rows.Meta.ProviderName),
                cancellationToken);
            await parts.Grains.GetGrain<IPersonGrain>(person).Attach(rows.Meta.SummaryOf(connectionId), cancellationToken);
        }

        await rows.ChangeOutboxAsync(o => rows.Meta.Version == version ? o with { TellPerson = false } : o);
    }

    /// <summary>After the person's list and its calendars know: whoever hears of it looks there.</summary>
    private async Task TellNewsAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<OwedNewsState> owed = rows.Outbox.News.RemoveAll(n => n.Version > rows.Meta.Version);
        foreach (OwedNewsState news in owed)
        {
            await parts.Grains.Person(news.PersonId).Tell(
                new PersonNews(news.Kind, connectionId, connectionId, news.Version, news.Since, []), cancellationToken);
            parts.Meters.Announced(news.Kind, (parts.Now - news.Since).TotalSeconds);
        }

        // Nothing is half stored here: what is of a version to come was given up with the write that failed.
        if (!rows.Outbox.News.IsEmpty)
        {
            await rows.ChangeOutboxAsync(o => o with { News = o.News.RemoveAll(n => owed.Contains(n) || n.Version > rows.Meta.Version) });
        }
    }

    private Task PostponeAsync(ProviderFault fault)
    {
        int attempts = rows.Outbox.Attempts;
        FaultRecord? before = attempts == 0 ? null : new FaultRecord(fault.Kind, attempts, NodaConstants.UnixEpoch, "");
        FaultRecord record = FaultRules.After(before, fault, parts.Now, Chance.Of(connectionId, attempts));
        parts.Log.ConnectionPostponed(connectionId, fault.Kind, record.Count, fault.Detail);
        return rows.ChangeOutboxAsync(o => (o.IsEmpty ? o with { List = true } : o) with
        {
            Attempts = record.Count,
            NotBefore = record.NotBefore,
        });
    }
}

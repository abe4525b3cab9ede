using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Connections;

/// <summary>Carries out what a connection owes, outside the turns of its grain: to targets that never call back.</summary>
internal sealed class ConnectionWorker(
    string connectionId, ConnectionRows rows, TokenRenewal renewal, ConnectionRefusals refusals, SyncParts parts)
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

        Instant list = (rows.Meta.LastListed ?? parts.Now)
            + Duration.FromTimeSpan(Chance.Jitter(
                Provider?.Watches is null ? parts.Options.ListInterval : parts.Options.WatchedListInterval, connectionId));
        list = rows.Meta.NotBefore is { } notBefore ? Instant.Max(list, notBefore) : list;
        return due is { } d ? Instant.Min(d, list) : list;
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        bool isOwed = !rows.Outbox.IsEmpty;
        try
        {
            await TellCalendarsAsync(cancellationToken);
            await TellPersonAsync(cancellationToken);
            await _farewell.RevokeAsync(cancellationToken);
            if (IsListed && (rows.Outbox.List || !isOwed))
            {
                await ListAsync(cancellationToken);
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

    private async Task TellCalendarsAsync(CancellationToken cancellationToken)
    {
        foreach (string id in rows.Outbox.TellCalendars)
        {
            ConnectionMetaState meta = rows.Meta;
            ICalendarGrain calendar = parts.Grains.GetGrain<ICalendarGrain>(id);
            ConnectedCalendarState? known = meta.Calendars.FirstOrDefault(c => c.Summary.CalendarId == id);
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

            await rows.ChangeOutboxAsync(o => o with { TellCalendars = o.TellCalendars.Remove(id, StringComparer.Ordinal) });
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

    /// <summary>Lists the calendars; refused, it is one refusal more.</summary>
    private async Task ListAsync(CancellationToken cancellationToken)
    {
        await renewal.EnsureFreshAsync(cancellationToken);
        if (renewal.Fault is { } stale)
        {
            if (rows.Meta.State == ConnectionState.Connected)
            {
                await PostponeAsync(stale);
            }

            return;
        }

        long token = rows.Tokens.Version;
        if (rows.Tokens.Access is not { } secret
            || await SealedAccess.OpenAsync(parts.Vault, connectionId, secret, cancellationToken) is not { } access)
        {
            await rows.ChangeAsync(m => m with { LastListed = parts.Now }, (o, _) => o with { List = false });
            return;
        }

        ProviderResult<ProviderAccount> answer = await Provider!.ListCalendarsAsync(access, cancellationToken);
        if (answer.Fault is { } fault)
        {
            if (fault.Kind == ProviderFaultKind.AuthDead)
            {
                renewal.Distrust(token);
                await refusals.NoteAsync(token, fault.Detail);
            }

            if (rows.Meta.State == ConnectionState.Connected)
            {
                await PostponeAsync(fault);
            }

            return;
        }

        // A login that was replaced meanwhile is listed again by its claim.
        if (token == rows.Tokens.Version && answer.Value is { } account)
        {
            await rows.ChangeAsync(
                m => Listed(m, account.Calendars) with
                {
                    LastListed = parts.Now,
                    Refusals = 0,
                    FirstRefusal = null,
                },
                (o, next) => Differing(rows.Meta, next) is { Length: > 0 } || next.Version != rows.Meta.Version
                    ? o.Telling(Differing(rows.Meta, next)) with { List = false }
                    : o with { List = false, Attempts = 0, NotBefore = null });
        }
    }

    /// <summary>The same with the calendars that the provider lists now. None is ever dropped: ids stay.</summary>
    public ConnectionMetaState Listed(ConnectionMetaState meta, ImmutableArray<ProviderCalendar> calendars) =>
        Found(meta, [.. calendars.Select(c => new FoundCalendar(c.Id, parts.SummaryOf(connectionId, c)))]);

    /// <summary>The same with the calendars found now.</summary>
    /// <param name="meta">What was known.</param>
    /// <param name="found">What is there now.</param>
    /// <param name="areSynced">True when a new one needs no first pull: it has no remote side.</param>
    public static ConnectionMetaState Found(
        ConnectionMetaState meta, ImmutableArray<FoundCalendar> found, bool areSynced = false)
    {
        Dictionary<string, ConnectedCalendarState> known =
            meta.Calendars.ToDictionary(c => c.ProviderCalendarId, StringComparer.Ordinal);
        List<ConnectedCalendarState> all = [.. found.Select(f => new ConnectedCalendarState(
            f.ProviderCalendarId, f.Summary, known.GetValueOrDefault(f.ProviderCalendarId)?.HasSynced ?? areSynced))];
        HashSet<string> listed = new(found.Select(f => f.ProviderCalendarId), StringComparer.Ordinal);
        all.AddRange(meta.Calendars
            .Where(c => !listed.Contains(c.ProviderCalendarId))
            .Select(c => c with { Summary = c.Summary with { IsDeleted = true, IsPrimary = false } }));
        return all.SequenceEqual(meta.Calendars) ? meta : meta with { Calendars = [.. all], Version = meta.Version + 1 };
    }

    private static string[] Differing(ConnectionMetaState before, ConnectionMetaState after)
    {
        HashSet<ConnectedCalendarState> same = [.. before.Calendars];
        return [.. after.Calendars.Where(c => !same.Contains(c)).Select(c => c.Summary.CalendarId)];
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

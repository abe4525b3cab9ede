using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Brings accepted clearings to the provider, a few events a round, so that pulls and leases are not kept waiting.</summary>
/// <remarks>
/// A round: (1) decide from the schedule what is left; (2) delete some of it; (3) commit what was done; (4) guard it and,
/// when nothing is left, drop the clearing. A crash after 2 deletes the same again, which counts as deleted; a crash after
/// 3 goes on behind what is committed. It waits for the application's writes accepted before, and those behind wait for it.
/// </remarks>
internal sealed class ClearingPump(CalendarCopy copy, SyncParts parts)
{
    /// <summary>Events that one round deletes.</summary>
    public const int RoundSize = 50;

    /// <summary>When the next round may begin; null when no clearing has its turn.</summary>
    public Instant? NextDue => copy.Rows.Outbox.Clearings
        .Where(copy.Rows.Outbox.HasTurn)
        .Select(c => (Instant?)(c.NotBefore ?? NodaConstants.UnixEpoch))
        .Min();

    /// <summary>Runs a round of each clearing that is due.</summary>
    /// <param name="provider">Whom to ask.</param>
    /// <param name="access">The login.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A fault of the login or the calendar as a whole; null otherwise.</returns>
    public async Task<ProviderFault?> ApplyAsync(
        ICalendarProvider provider, ProviderAccess access, CancellationToken cancellationToken)
    {
        foreach (ClearingState clearing in copy.Rows.Outbox.Clearings)
        {
            if (!copy.Rows.Outbox.HasTurn(clearing) || clearing.NotBefore > parts.Now)
            {
                continue;
            }

            if (await RoundAsync(provider, access, clearing, cancellationToken) is { } fault
                && fault.Kind is ProviderFaultKind.AuthDead or ProviderFaultKind.ScopeMissing
                    or ProviderFaultKind.Throttled or ProviderFaultKind.NotFound)
            {
                return fault;
            }
        }

        return null;
    }

    private async Task<ProviderFault?> RoundAsync(
        ICalendarProvider provider, ProviderAccess access, ClearingState clearing, CancellationToken cancellationToken)
    {
        // 1
        Schedule schedule = await copy.OpenAsync(cancellationToken);
        ImmutableArray<ManagedKey> targets = ClearingRules.Targets(schedule, clearing.Clearing);

        // 2
        List<(PendingWrite Write, WriteStep Step, bool IsRefused)> done = [];
        ProviderFault? fault = null;
        foreach (ManagedKey key in targets.Take(RoundSize))
        {
            PendingWrite write = ClearingRules.Deletion(clearing.Clearing, key);
            WriteStep step = WriteRules.Next(schedule, write, copy.EventKeyOf);
            fault = (await provider.DeleteAsync(
                access, copy.Connected!.ProviderCalendarId, step.EventKey, step.ItemId, cancellationToken)).Fault;
            if (fault is { Kind: not ProviderFaultKind.Rejected })
            {
                break;
            }

            if (fault is not null)
            {
                parts.Log.WriteRejected(copy.CalendarId, clearing.Sequence, step.EventKey, fault.Detail);
            }

            done.Add((write, step, fault is not null));
            fault = null;
        }

        // 3
        if (done.Count > 0)
        {
            await copy.CommitAsync(
                s => done.Aggregate(s, (sum, d) => d.IsRefused
                    ? ClearingRules.Refused(sum, d.Write, d.Step, parts.Now)
                    : WriteRules.Deleted(sum, d.Write, d.Step, parts.Now)),
                settled: done.ConvertAll(d => d.Write),
                writtenBy: done.Exists(d => d.IsRefused) ? null : clearing.ClientId,
                cancellationToken);
            await CountAsync(done.Count(d => d.IsRefused), done.Count(d => !d.IsRefused));
        }

        // 4
        bool isOver = fault is null && done.Count == targets.Length;
        await copy.Rows.ChangeOutboxAsync(o => Guarded(o, done).Replace(clearing, isOver ? null : After(clearing, fault)));
        return fault;
    }

    private CalendarOutboxState Guarded(
        CalendarOutboxState outbox, List<(PendingWrite Write, WriteStep Step, bool IsRefused)> done)
    {
        foreach ((PendingWrite write, WriteStep step, bool isRefused) in done)
        {
            if (!isRefused && step.ItemId is { } itemId)
            {
                outbox = outbox.With(new IntentState(
                    CalendarCopy.NextSequence(copy.Rows.Schedule, outbox), write.Key.ClientId, write.Key.EventId,
                    Change: null, write.Accepted, NotBefore: null, Attempts: 0,
                    new GuardState(itemId, step.PriorVersion, parts.Now)));
            }
        }

        return outbox;
    }

    private ClearingState After(ClearingState clearing, ProviderFault? fault)
    {
        if (fault is null)
        {
            return clearing with { NotBefore = null, Attempts = 0 };
        }

        parts.Meters.Failed(fault.Kind);
        FaultRecord? before = clearing.Attempts == 0
            ? null
            : new FaultRecord(fault.Kind, clearing.Attempts, NodaConstants.UnixEpoch, "");
        FaultRecord record = FaultRules.After(before, fault, parts.Now, Chance.Of(copy.CalendarId, clearing.Attempts));
        parts.Log.WritePostponed(copy.CalendarId, clearing.Sequence, fault.Kind, record.Count);
        return clearing with { Attempts = record.Count, NotBefore = record.NotBefore };
    }

    private async Task CountAsync(int refused, int written)
    {
        for (int i = 0; i < written; i++)
        {
            parts.Meters.Wrote();
        }

        if (refused > 0)
        {
            parts.Meters.Rejected();
            await copy.Rows.ChangeMetaAsync(m => m with { Rejections = m.Rejections + refused });
        }
    }
}

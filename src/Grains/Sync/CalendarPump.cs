using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Brings accepted writes to the provider, those of one event in their order.</summary>
/// <remarks>
/// For each: (1) decide from the schedule; (2) call; (3) commit the result, which names the write; (4) turn the intent
/// into a guard. Upserts of one event that wait together go as one call where that is the same. A crash after 2 repeats
/// the call under the same event key; a crash after 3 finds the write applied.
/// </remarks>
internal sealed class CalendarPump(CalendarCopy copy, SyncParts parts)
{
    // Keeps nothing, so that a calendar at rest keeps none.
    private ClearingPump Clearings => new(copy, parts);

    /// <summary>Writes that the provider took since the activation began.</summary>
    public long Taken { get; private set; }

    /// <summary>True when there is something that may be tried now.</summary>
    public bool IsDue(Instant now) => NextDue <= now;

    /// <summary>When the next write may be tried; null when none waits.</summary>
    public Instant? NextDue => Heads
        .Select(i => (Instant?)(i.NotBefore ?? NodaConstants.UnixEpoch))
        .Append(Clearings.NextDue)
        .Min();

    /// <summary>Tries everything that is due, once.</summary>
    /// <param name="provider">Whom to ask.</param>
    /// <param name="access">The login.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A fault of the login or the calendar as a whole; null otherwise.</returns>
    public async Task<ProviderFault?> ApplyAsync(
        ICalendarProvider provider, ProviderAccess access, CancellationToken cancellationToken)
    {
        HashSet<ManagedKey> blocked = [];
        HashSet<ManagedKey> single = [];
        HashSet<long> done = [];
        Schedule schedule = await copy.OpenAsync(cancellationToken);
        foreach (IntentState intent in copy.Rows.Outbox.Intents)
        {
            if (!Waits(intent) || blocked.Contains(intent.Key) || done.Contains(intent.Sequence))
            {
                continue;
            }

            if (!IsDue(intent, parts.Now))
            {
                blocked.Add(intent.Key);
                continue;
            }

            List<PendingWrite> run = await RunOfAsync(intent, mayMerge: !single.Contains(intent.Key), cancellationToken);
            if (run.Count == 0)
            {
                await copy.Rows.ChangeOutboxAsync(o => o.Replace(intent.Sequence, null));
                continue;
            }

            (schedule, ProviderFault? fault) = await ApplyAsync(provider, access, schedule, intent, run, cancellationToken);
            if (fault is { Kind: ProviderFaultKind.Rejected })
            {
                // Refused as one; each of them may be good by itself.
                single.Add(intent.Key);
                (schedule, fault) = await ApplyAsync(provider, access, schedule, intent, run[..1], cancellationToken);
            }

            done.UnionWith(run.Select(w => w.Sequence).Where(n => !copy.Rows.Outbox.Intents.Any(i => i.Sequence == n && i.Guard is null)));
            if (fault is not null)
            {
                blocked.Add(intent.Key);
                if (fault.Kind is ProviderFaultKind.AuthDead or ProviderFaultKind.ScopeMissing
                    or ProviderFaultKind.Throttled or ProviderFaultKind.NotFound)
                {
                    return fault;
                }
            }
        }

        return await Clearings.ApplyAsync(provider, access, cancellationToken);
    }

    /// <summary>A write and those of its event that follow it and make one change with it; empty when it cannot be opened.</summary>
    private async Task<List<PendingWrite>> RunOfAsync(IntentState first, bool mayMerge, CancellationToken cancellationToken)
    {
        List<PendingWrite> run = await parts.Envelope.OpenAsync(copy.CalendarId, [first], cancellationToken);
        if (run is not [{ Change: { } whole }] || !mayMerge)
        {
            return run;
        }

        foreach (IntentState next in copy.Rows.Outbox.Intents
            .Where(i => i.Key == first.Key && i.Sequence > first.Sequence && Waits(i)))
        {
            if (!IsDue(next, parts.Now)
                || next.Writer != first.Writer
                || await parts.Envelope.OpenAsync(copy.CalendarId, [next], cancellationToken) is not [{ Change: { } change } write]
                || write.IsExternal != run[0].IsExternal
                || WriteMerge.Then(whole, change) is not { } merged)
            {
                break;
            }

            whole = merged;
            run.Add(write);
        }

        return run;
    }

    private static PendingWrite Merged(List<PendingWrite> run) => run.Count == 1
        ? run[0]
        : run[^1] with { Change = run.Select(w => w.Change!).Aggregate((a, b) => WriteMerge.Then(a, b)!) };

    private static CalendarOutboxState Without(CalendarOutboxState outbox, List<PendingWrite> run) => outbox with
    {
        Intents = outbox.Intents.RemoveAll(i => run.Exists(w => w.Sequence == i.Sequence)),
    };

    // Only the first waiting write of an event can be tried: one behind it is not due while the first must wait.
    private IEnumerable<IntentState> Heads => copy.Rows.Outbox.Intents.Where(Waits).DistinctBy(i => i.Key);

    private bool Waits(IntentState intent) => intent.Guard is null && !copy.Rows.Outbox.IsHeld(intent);

    private static bool IsDue(IntentState intent, Instant now) =>
        intent.Guard is null && (intent.NotBefore is null || intent.NotBefore <= now);

    private async Task<(Schedule After, ProviderFault? Fault)> ApplyAsync(
        ICalendarProvider provider,
        ProviderAccess access,
        Schedule schedule,
        IntentState intent,
        List<PendingWrite> run,
        CancellationToken cancellationToken)
    {
        // 1
        List<PendingWrite> open = run.FindAll(w => !ExternalWriteRules.IsApplied(schedule, w));
        PendingWrite write = Merged(open.Count == 0 ? run : open);
        WriteStep step = WriteRules.Next(schedule, write, copy.EventKeyOf);
        if (step.IsNothing)
        {
            // Applied before an activation ended between (3) and (4): its guard was never stored, and readers may lag still.
            GuardState? late = open.Count == 0 && ExternalWriteRules.ItemOf(schedule, intent.Key) is { } there
                ? new GuardState(there.Id, null, parts.Now)
                : null;
            await DoneAsync(intent, run, write.Sequence, late);
            return (schedule, null);
        }

        // 2
        (ProviderItem? item, ProviderFault? fault) = await CallAsync(provider, access, step, cancellationToken);
        fault = ExternalWriteRules.Settled(write, fault);

        if (fault is { Kind: ProviderFaultKind.Rejected } && run.Count > 1)
        {
            return (schedule, fault);
        }

        if (fault is { Kind: not ProviderFaultKind.Rejected })
        {
            await PostponeAsync(intent, fault);
            return (schedule, fault);
        }

        // 3
        Schedule after = await copy.CommitAsync(
            s => fault is not null ? WriteRules.Rejected(s, write, step, parts.Now)
                : item is not null ? WriteRules.Upserted(s, write, step, item, parts.Now)
                : WriteRules.Deleted(s, write, step, parts.Now),
            open,
            writtenBy: fault is null && WriteRules.IsAsWritten(write, step, item) ? intent.Writer : null,
            cancellationToken);

        // 4
        if (fault is not null)
        {
            parts.Log.WriteRejected(copy.CalendarId, intent.Sequence, step.EventKey, fault.Detail);
            parts.Meters.Rejected();
            await copy.Rows.ChangeMetaAsync(m => m with { Rejections = m.Rejections + 1 });
            await copy.Rows.ChangeOutboxAsync(o => Without(o, run));
        }
        else
        {
            Taken++;
            parts.Meters.Wrote();
            GuardState? guard = (item?.Id ?? step.ItemId) is { } written ? new(written, step.PriorVersion, parts.Now) : null;
            await DoneAsync(intent, run, write.Sequence, guard);
        }

        return (after, null);
    }

    private async Task<(ProviderItem? Item, ProviderFault? Fault)> CallAsync(
        ICalendarProvider provider, ProviderAccess access, WriteStep step, CancellationToken cancellationToken)
    {
        string calendar = copy.Connected!.ProviderCalendarId;
        if (step is { Write: null, Answer: null })
        {
            return (null, (await provider.DeleteAsync(access, calendar, step.EventKey, step.ItemId, cancellationToken)).Fault);
        }

        ProviderResult<ProviderItem> stored = step.Answer is { } answer
            ? await provider.AnswerAsync(access, calendar, answer, cancellationToken)
            : await provider.WriteAsync(access, calendar, step.Write!, cancellationToken);
        return (stored.Value, stored.Fault);
    }

    /// <summary>Turns the intents of a run into one guard, or into none.</summary>
    private Task<bool> DoneAsync(IntentState intent, List<PendingWrite> run, long sequence, GuardState? guard) =>
        copy.Rows.ChangeOutboxAsync(o => guard is null
            ? Without(o, run)
            : Without(o, run).With(intent with { Sequence = sequence, Change = null, Guard = guard }));

    private Task<bool> PostponeAsync(IntentState intent, ProviderFault fault)
    {
        parts.Meters.Failed(fault.Kind);
        FaultRecord? before = intent.Attempts == 0
            ? null
            : new FaultRecord(fault.Kind, intent.Attempts, NodaConstants.UnixEpoch, "");
        FaultRecord record = FaultRules.After(before, fault, parts.Now, Chance.Of(copy.CalendarId, intent.Attempts));
        parts.Log.WritePostponed(copy.CalendarId, intent.Sequence, fault.Kind, record.Count);
        return copy.Rows.ChangeOutboxAsync(o => o.Replace(
            intent.Sequence, intent with { Attempts = record.Count, NotBefore = record.NotBefore }));
    }
}

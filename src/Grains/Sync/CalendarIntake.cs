using CalendarActors.Domain.Events;
using CalendarActors.Domain.Secrets;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Sync;

/// <summary>Accepts writes: what it answered for is in the outbox, or in the schedule of a native calendar.</summary>
internal sealed class CalendarIntake(CalendarCopy copy, SyncParts parts)
{
    /// <summary>Accepted writes that wait for the provider, at most.</summary>
    public const int OutboxCap = 1_000;

    private bool HasRemote => parts.Catalog.Find(copy.Connected!.ProviderName) is not { HasRemote: false };

    private string PersonId => copy.Connected!.PersonId;

    /// <summary>An upsert of a managed event.</summary>
    public async Task<WriteAnswer> UpsertAsync(UpsertEvent request, CancellationToken cancellationToken)
    {
        ManagedKey key = new(request.ClientId, request.EventId);
        return HasRemote
            ? await AcceptAsync(
                key,
                await parts.Envelope.SealAsync(copy.CalendarId, PersonId, request.Change, cancellationToken),
                IntentKind.Own)
            : await ApplyNativeAsync(new PendingWrite(0, key, request.Change, parts.Now), cancellationToken);
    }

    /// <summary>A deletion of a managed event.</summary>
    public Task<WriteAnswer> DeleteAsync(ManagedKey key, CancellationToken cancellationToken) => HasRemote
        ? AcceptAsync(key, change: null, IntentKind.Own)
        : ApplyNativeAsync(new PendingWrite(0, key, null, parts.Now), cancellationToken);

    /// <summary>A write of an event that is not the application's own.</summary>
    /// <remarks>
    /// (1) What readers see under that uid says whether it may be; (2) what is committed says which item it is. Both may be
    /// different once the provider is asked, which decides anew.
    /// </remarks>
    public async Task<WriteAnswer> ChangeExternalAsync(ChangeExternalEvent request, CancellationToken cancellationToken)
    {
        // 1
        CalendarSnapshot snapshot = copy.Snapshot;
        Listed? found = (await parts.Cache.OpenAsync(snapshot, cancellationToken)).Find(request.Uid);
        if (ExternalIntake.Refusal(found, request, HasRemote) is { } refusal)
        {
            return refusal;
        }

        // 2
        Schedule schedule = await parts.Envelope.OpenAsync(copy.CalendarId, snapshot.Schedule, cancellationToken);
        if ((found!.Value.Owner ?? ExternalIntake.KeyOf(copy.CalendarId, schedule, request.Uid)) is not { } key)
        {
            return WriteAnswer.NoSuchEvent;
        }

        if (request.Answer is { } answer)
        {
            string email = ExternalRules.InvitedAs(found.Value.Entry.Content, request.Addresses)!.Email;
            return await AcceptAsync(
                key,
                await parts.Envelope.SealAsync(copy.CalendarId, PersonId, new EventAnswer(email, answer), cancellationToken),
                IntentKind.Answer,
                request.ClientId);
        }

        SealedSecret? change = request.Change is null
            ? null
            : await parts.Envelope.SealAsync(
                copy.CalendarId, PersonId, request.Change with { KeepsStatus = true }, cancellationToken);
        return await AcceptAsync(key, change, IntentKind.External, request.ClientId);
    }

    private async Task<WriteAnswer> AcceptAsync(ManagedKey key, SealedSecret? change, IntentKind kind, string? by = null)
    {
        bool isStored = await copy.Rows.ChangeOutboxAsync(o => o.PendingCount >= OutboxCap
            ? null
            : o with
            {
                Intents = o.Intents.Add(new IntentState(
                    CalendarCopy.NextSequence(copy.Rows.Schedule, o),
                    key.ClientId,
                    key.EventId,
                    change,
                    parts.Now,
                    null,
                    0,
                    null,
                    kind,
                    by)),
            });
        return isStored ? WriteAnswer.Accepted : WriteAnswer.OutboxFull;
    }

    private async Task<WriteAnswer> ApplyNativeAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        await copy.CommitAsync(
            s => WriteRules.Native(s, write with { Sequence = s.AppliedThrough + 1 }, parts.Now, copy.EventKeyOf),
            settled: [],
            writtenBy: write.Key.ClientId,
            cancellationToken);
        return WriteAnswer.Accepted;
    }
}

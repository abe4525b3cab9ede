using System.Collections.Immutable;
using CalendarActors.Domain.Schedules;
using CalendarActors.Grains.Grants;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Holds;
using CalendarActors.Grains.Interfaces.Schedules;
using NodaTime;

namespace CalendarActors.Grains.Holds;

/// <summary>Takes several people's time as a whole.</summary>
/// <remarks>
/// 1. Every grant gives leave. 2. What is about to be taken is stored. 3. The persons are asked one by one, in the order of
/// their keys, and none is waited for: so nobody stands in another's way without getting further, and of those who want the
/// same time the first to have the first person has it. 4. If one is not free, the others are let go. 5. Stored as taken.
/// Whatever ends in between, the row is a debt: whoever asks again goes on, until the moment that was stored, and the sweep lets
/// go of what nobody asked for again. Who asks for what was taken is told what the persons say of it. Interleaving: what is only
/// read.
/// </remarks>
[GrainType("hold")]
internal sealed class HoldGrain(
    [PersistentState(StorageNames.Hold, StorageNames.Provider)] IPersistentState<HoldState> state, TimeProvider time)
    : Grain, IHoldGrain
{
    private HoldState State => state.State;

    private string Key => this.GetPrimaryKeyString();

    private long Now => Instant.FromDateTimeOffset(time.GetUtcNow()).ToUnixTimeSeconds();

    private bool IsKept => state.RecordExists && State.IsTaken && State.ExpiresAt > Now;

    public async Task<HoldAnswer> Take(TakeHold request, CancellationToken cancellationToken)
    {
        ImmutableArray<string> subs = [.. request.Members.Select(m => m.Sub)];
        HoldState? known = state.RecordExists && State.ExpiresAt > Now ? State : null;
        if (known is not null
            && (known.Start != request.Start || known.End != request.End || !known.Subs.SequenceEqual(subs, StringComparer.Ordinal)))
        {
            return Wrong("hold_id", "errors.unknown_or_used", "another time or other people are held under this id");
        }

        // 1
        (HoldLeave[] leaves, ImmutableArray<FieldError> errors) = await AskLeaveAsync(request, cancellationToken);
        if (!errors.IsEmpty)
        {
            return new HoldAnswer(null, null, errors);
        }

        // 2
        (string PersonId, int Place)[] order =
            [.. leaves.Select((leave, i) => (leave.PersonId, i)).DistinctBy(p => p.PersonId, StringComparer.Ordinal).OrderBy(p => p.PersonId, StringComparer.Ordinal)];
        HoldState taking = known ?? new()
        {
            ClientId = request.ClientId,
            HoldId = request.HoldId,
            Subs = subs,
            PersonIds = [.. order.Select(o => o.PersonId)],
            Start = request.Start,
            End = request.End,
            ExpiresAt = Now + request.Seconds,
        };
        if (known is null)
        {
            await state.CommitAsync(taking, DeactivateOnIdle, cancellationToken);
        }

        // 3
        foreach ((string personId, int place) in order)
        {
            HoldOutcome outcome = await GrainFactory.Schedule(personId).Hold(
                new HoldTime(Key, request.ClientId, leaves[place].CalendarIds, taking.Start, taking.End, taking.ExpiresAt),
                cancellationToken);
            if (outcome != HoldOutcome.Held && !taking.IsTaken)
            {
                // 4
                await ReleaseAsync();
            }

            if (outcome != HoldOutcome.Held)
            {
                return outcome == HoldOutcome.Settled
                    ? Wrong("hold_id", "errors.unknown_or_used", "a meeting is written for what was held under this id")
                    : new HoldAnswer(null, subs[place], []);
            }
        }

        // 5
        if (!taking.IsTaken)
        {
            await state.CommitAsync(taking with { IsTaken = true }, DeactivateOnIdle, cancellationToken);
        }

        return new HoldAnswer(ViewOf(State), null, []);
    }

    public Task<HoldView?> View(CancellationToken cancellationToken) => Task.FromResult(IsKept ? ViewOf(State) : null);

    public Task Release(CancellationToken cancellationToken) => ReleaseAsync();

    public Task Wake(CancellationToken cancellationToken)
    {
        // In a turn of its own, behind a taking that is underway.
        this.RegisterGrainTimer(
            _ => IsKept ? Task.CompletedTask : ReleaseAsync(),
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        return Task.CompletedTask;
    }

    private static HoldView ViewOf(HoldState hold) => new(hold.HoldId, hold.Subs, hold.Start, hold.End, hold.ExpiresAt);

    private static HoldAnswer Wrong(string field, string key, string description) =>
        new(null, null, [new FieldError(field, key, description)]);

    private async Task<(HoldLeave[] Leaves, ImmutableArray<FieldError> Errors)> AskLeaveAsync(
        TakeHold request, CancellationToken cancellationToken)
    {
        GrantAnswer<HoldLeave>[] answers = await Task.WhenAll(request.Members.Select(
            m => GrainFactory.Grant(m.Sub).MayHold(request.ClientId, m.CalendarIds, cancellationToken)));
        ImmutableArray<FieldError> errors = [.. answers.SelectMany((answer, i) => MemberErrors.Of(
            $"participants[{i}]", answer, "this account has not granted create_event"))];
        return (errors.IsEmpty ? [.. answers.Select(a => a.Value!)] : [], errors);
    }

    private async Task ReleaseAsync()
    {
        if (!state.RecordExists)
        {
            return;
        }

        await Task.WhenAll(State.PersonIds.Select(
            p => GrainFactory.Schedule(p).ReleaseHold(Key, State.ClientId, CancellationToken.None)));
        await state.ClearOrEndAsync(DeactivateOnIdle);
    }
}

using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Takes over what the provider says: by pulling from the cursor, and now and then by comparing everything.</summary>
internal sealed class CalendarPull(CalendarCopy copy, SyncParts parts)
{
    // What a first look found gone, until a second one says the same. Lost with the activation: then there is one look more.
    private ImmutableArray<string> _suspect = [];

    private string CalendarId => copy.CalendarId;

    /// <summary>Pulls once and commits.</summary>
    /// <param name="provider">Whom to ask.</param>
    /// <param name="access">The login.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The fault; null when all is committed, or a second look is needed (<see cref="NeedsSecondLook"/>).</returns>
    public async Task<ProviderFault?> PullAsync(
        ICalendarProvider provider, ProviderAccess access, CancellationToken cancellationToken)
    {
        ImmutableArray<IntentState> guarded = Guarded();
        ProviderResult<PullChanges> answer =
            await provider.PullAsync(access, RequestFrom(copy.Cursor), cancellationToken);
        if (!answer.IsSuccess)
        {
            return answer.Fault;
        }

        PullChanges changes = answer.Value;
        bool isZoneNew = changes.ZoneId is not null && changes.ZoneId != copy.Rows.Schedule.ZoneId;
        if (changes.IsEmpty && !isZoneNew && copy.Rows.Schedule.Generation > 0)
        {
            _suspect = [];
            NeedsSecondLook = false;
            await KeepCursorAsync(changes.Next);
            return null;
        }

        await ApplyAsync(changes, guarded, cancellationToken);
        return null;
    }

    /// <summary>True when the last pull was not committed because too much was gone in it.</summary>
    public bool NeedsSecondLook { get; private set; }

    /// <summary>Compares item by item and repairs what pulls had missed.</summary>
    /// <remarks>
    /// (1) Compare. (2) Pull from the old cursor: what that brings was not missed. (3) Apply the rest of the comparison,
    /// and count it. The cursor is the comparison's, valid from before it.
    /// </remarks>
    /// <param name="provider">Whom to ask.</param>
    /// <param name="access">The login.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How much was repaired, or the fault.</returns>
    public async Task<(long Repairs, ProviderFault? Fault)> ReconcileAsync(
        ICalendarProvider provider, ProviderAccess access, CancellationToken cancellationToken)
    {
        Instant began = parts.Now;
        ImmutableArray<IntentState> guarded = Guarded();
        ProviderResult<PullChanges> compared =
            await provider.ReconcileAsync(access, RequestFrom(cursor: null), cancellationToken);
        if (!compared.IsSuccess)
        {
            return (0, compared.Fault);
        }

        PullChanges? pulled = null;
        if (!compared.Value.IsEmpty && copy.Cursor is { } cursor)
        {
            ProviderResult<PullChanges> answer = await provider.PullAsync(access, RequestFrom(cursor), cancellationToken);
            if (!answer.IsSuccess && answer.Fault.Kind != ProviderFaultKind.ResyncRequired)
            {
                return (0, answer.Fault);
            }

            pulled = answer.Value;
            if (pulled is not null && await ApplyAsync(pulled, guarded, cancellationToken) is null)
            {
                return (0, null);
            }
        }

        ImmutableArray<IntentState> unsettled = guarded.RemoveAll(i => ComparisonRules.IsSettled(i.Guard!.Taken, began));
        PullChanges differences = ComparisonRules.Decidable(compared.Value, pulled, GuardsOf(unsettled));
        Reconciliation? applied = await ApplyAsync(differences, unsettled, cancellationToken);
        if (applied is not null)
        {
            await ReleaseAsync(guarded.Except(unsettled).Select(i => i.Sequence));
        }

        return (applied?.Changed.Length ?? 0, null);
    }

    private PullRequest RequestFrom(string? cursor) =>
        new(copy.Connected!.ProviderCalendarId, cursor, parts.Window.Padded, KnownAsync);

    private async ValueTask<IReadOnlyDictionary<string, KnownVersion>> KnownAsync(CancellationToken cancellationToken)
    {
        Schedule schedule = await copy.OpenAsync(cancellationToken);
        HashSet<string> managed = new(schedule.Managed.Values.Select(m => m.ItemId).OfType<string>(), StringComparer.Ordinal);
        return schedule.Items.Values.ToDictionary(
            i => i.Id, i => new KnownVersion(i.Version, managed.Contains(i.Id)), StringComparer.Ordinal);
    }

    private ImmutableArray<IntentState> Guarded() => [.. copy.Rows.Outbox.Intents.Where(i => i.Guard is not null)];

    private static ImmutableArray<WriteGuard> GuardsOf(ImmutableArray<IntentState> guarded) =>
        [.. guarded.Select(i => new WriteGuard(i.Sequence, i.Guard!.ItemId, i.Guard.PriorVersion))];

    /// <returns>Null when a second look is needed first, or the calendar was forgotten.</returns>
    private async Task<Reconciliation?> ApplyAsync(
        PullChanges changes, ImmutableArray<IntentState> guarded, CancellationToken cancellationToken)
    {
        NeedsSecondLook = false;
        while (copy.Connected is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Schedule before = (await copy.OpenAsync(cancellationToken)) with { Cursor = copy.Cursor };
            Reconciliation done = Reconciler.Apply(before, changes, new ReconciliationInputs(
                parts.Now,
                parts.Window,
                GuardsOf(guarded),
                ExpectedIn(before)));
            if (done.IsMassDeletion && !IsSecondLookAt(done.Gone))
            {
                _suspect = done.Gone;
                NeedsSecondLook = true;
                parts.Log.MassDeletion(CalendarId, done.Gone.Length);
                return null;
            }

            // Before the cursor moves: once it has, no pull says it again, and the write would stay pending for long.
            await ReleaseAsync(done.Confirmed);
            _suspect = [];
            if (!done.IsDifferent)
            {
                await KeepCursorAsync(changes.Next);
                return done;
            }

            if (await copy.TryCommitAsync(before, done.After, cancellationToken))
            {
                return done;
            }
        }

        // Forgotten meanwhile: nothing is kept.
        return null;
    }

    /// <summary>Names, at the provider, of managed events whose creation is pending.</summary>
    private Dictionary<string, ManagedKey> ExpectedIn(Schedule schedule) => copy.Rows.Outbox.Intents
        .Where(i => i.Guard is null && i.Change is not null && i.Kind == IntentKind.Own)
        .Select(i => i.Key)
        .Distinct()
        .ToDictionary(
            key => copy.EventKeyOf(key, schedule.Managed.GetValueOrDefault(key)?.Incarnation ?? 0), StringComparer.Ordinal);

    private bool IsSecondLookAt(ImmutableArray<string> gone)
    {
        HashSet<string> now = new(gone, StringComparer.Ordinal);
        return !_suspect.IsEmpty && _suspect.All(now.Contains);
    }

    private Task KeepCursorAsync(string cursor) => cursor == copy.Cursor
        ? Task.CompletedTask
        : copy.Rows.ChangeMetaAsync(m => m with { Cursor = cursor, CursorFor = copy.Rows.Schedule.Version });

    private async Task ReleaseAsync(IEnumerable<long> sequences)
    {
        HashSet<long> released = [.. sequences];
        if (released.Count > 0)
        {
            await copy.Rows.ChangeOutboxAsync(o => o with { Intents = o.Intents.RemoveAll(i => released.Contains(i.Sequence)) });
        }
    }
}

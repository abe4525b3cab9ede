using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces.Availability;
using NodaTime;

namespace CalendarActors.Grains.Availability;

/// <summary>The rules and periods that one application keeps for one person. Calls nobody.</summary>
/// <remarks>Interleaving: what is only read. It sees what is written.</remarks>
[GrainType("managed-availability")]
internal sealed class ManagedAvailabilityGrain(
    [PersistentState(StorageNames.ManagedAvailability, StorageNames.Provider)] IPersistentState<ManagedAvailabilityState> state,
    WeeklyHoursCache hours,
    TimeProvider time)
    : Grain, IManagedAvailabilityGrain
{
    private ManagedAvailabilityState _current = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _current = state.State;
        return Task.CompletedTask;
    }

    public async Task<bool> PutRule(AvailabilityRule rule, CancellationToken cancellationToken)
    {
        AvailabilityRule? known = _current.Rules.FirstOrDefault(r => r.RuleId == rule.RuleId);
        if (known is null && _current.Rules.Length >= AvailabilityLimits.Rules)
        {
            return false;
        }

        await WriteAsync(_current with
        {
            Rules = known is null ? _current.Rules.Add(rule) : _current.Rules.Replace(known, rule),
        });
        return true;
    }

    public Task RemoveRule(string ruleId, CancellationToken cancellationToken) => _current.Rules.Any(r => r.RuleId == ruleId)
        ? WriteAsync(_current with { Rules = _current.Rules.RemoveAll(r => r.RuleId == ruleId) })
        : Task.CompletedTask;

    public Task<ImmutableArray<AvailabilityRule>> Rules(CancellationToken cancellationToken) => Task.FromResult(_current.Rules);

    public async Task<bool> PutPeriod(AvailablePeriod period, CancellationToken cancellationToken)
    {
        long over = Instant.FromDateTimeOffset(time.GetUtcNow()).ToUnixTimeSeconds() - (ScheduleWindow.PastDays * 86_400L);
        ImmutableArray<AvailablePeriod> kept =
            [.. _current.Periods.Where(p => p.PeriodId != period.PeriodId && p.End > over)];
        if (kept.Length >= AvailabilityLimits.Periods)
        {
            return false;
        }

        await WriteAsync(_current with
        {
            Periods = period.End <= over
                ? kept
                : [.. kept.Append(period).OrderBy(p => p.Start).ThenBy(p => p.PeriodId, StringComparer.Ordinal)],
        });
        return true;
    }

    public Task RemovePeriod(string periodId, CancellationToken cancellationToken) =>
        _current.Periods.Any(p => p.PeriodId == periodId)
            ? WriteAsync(_current with { Periods = _current.Periods.RemoveAll(p => p.PeriodId == periodId) })
            : Task.CompletedTask;

    public Task RemovePeriods(CancellationToken cancellationToken) =>
        _current.Periods.IsEmpty ? Task.CompletedTask : WriteAsync(_current with { Periods = [] });

    public Task<ImmutableArray<AvailablePeriod>> Periods(long from, long to, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<AvailablePeriod>>([.. _current.Periods.Where(p => p.Start < to && p.End > from)]);

    public Task<OpenTimes> Open(ImmutableArray<string> ruleIds, long from, long to, CancellationToken cancellationToken) =>
        Task.FromResult(new ManagedTimes(_current.Rules, _current.Periods).Open(hours, ruleIds, from, to));

    public Task<ManagedAvailability> View(CancellationToken cancellationToken) =>
        Task.FromResult(new ManagedAvailability(_current.Rules, _current.Periods));

    public async Task Forget(CancellationToken cancellationToken)
    {
        await state.ClearOrEndAsync(DeactivateOnIdle);
        _current = new ManagedAvailabilityState();
    }

    private async Task WriteAsync(ManagedAvailabilityState next)
    {
        await state.CommitAsync(next, DeactivateOnIdle, CancellationToken.None);
        _current = next;
    }
}

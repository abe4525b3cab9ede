using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Availability;

/// <summary>When a person can be met, as one application keeps it for them. Key: the grant's, <c>acc_…</c> or <c>apc_…</c>.</summary>
[Alias("managed-availability"), GrainInterfaceType("managed-availability"), Version(1)]
public interface IManagedAvailabilityGrain : IGrainWithStringKey
{
    /// <summary>Makes a rule, or puts it in place of the one of the same id.</summary>
    /// <returns>False when there are as many as there may be.</returns>
    [Alias("put-rule")]
    Task<bool> PutRule(AvailabilityRule rule, CancellationToken cancellationToken);

    /// <summary>Deletes a rule. One that is not there is no fault.</summary>
    [Alias("remove-rule")]
    Task RemoveRule(string ruleId, CancellationToken cancellationToken);

    /// <summary>All rules, in the order of their making.</summary>
    [Alias("rules"), AlwaysInterleave]
    Task<ImmutableArray<AvailabilityRule>> Rules(CancellationToken cancellationToken);

    /// <summary>Makes a period, or puts it in place of the one of the same id. One that has long been over is dropped at once.</summary>
    /// <returns>False when there are as many as there may be.</returns>
    [Alias("put-period")]
    Task<bool> PutPeriod(AvailablePeriod period, CancellationToken cancellationToken);

    /// <summary>Deletes a period. One that is not there is no fault.</summary>
    [Alias("remove-period")]
    Task RemovePeriod(string periodId, CancellationToken cancellationToken);

    /// <summary>Deletes all periods.</summary>
    [Alias("remove-periods")]
    Task RemovePeriods(CancellationToken cancellationToken);

    /// <summary>The periods that have a moment in a range, by start and then id.</summary>
    /// <param name="from">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="to">Exclusive; likewise.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("periods"), AlwaysInterleave]
    Task<ImmutableArray<AvailablePeriod>> Periods(long from, long to, CancellationToken cancellationToken);

    /// <summary>All of it.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<ManagedAvailability> View(CancellationToken cancellationToken);

    /// <summary>
    /// When the person can be met: in any period of a rule, or in any available period. Asked for by silos of the former
    /// version; those of this one ask for the whole, and keep it.
    /// </summary>
    /// <param name="ruleIds">These rules only, unknown ones being none; default for all.</param>
    /// <param name="from">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="to">Exclusive; likewise.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("open"), AlwaysInterleave]
    Task<OpenTimes> Open(ImmutableArray<string> ruleIds, long from, long to, CancellationToken cancellationToken);

    /// <summary>Deletes everything: the grant is gone.</summary>
    [Alias("forget")]
    Task Forget(CancellationToken cancellationToken);
}

/// <summary>Hours of the week at which a person can be met.</summary>
/// <param name="RuleId">The application's own id.</param>
/// <param name="ZoneId">IANA zone on whose wall the periods are.</param>
/// <param name="CalendarIds">Calendars that keep the person busy then; default when the application named none.</param>
/// <param name="WeeklyPeriods">As the application gave them.</param>
[GenerateSerializer, Immutable, Alias("availability-rule")]
public sealed record AvailabilityRule(
    [property: Id(0)] string RuleId,
    [property: Id(1)] string ZoneId,
    [property: Id(2)] ImmutableArray<string> CalendarIds,
    [property: Id(3)] ImmutableArray<WeeklyPeriod> WeeklyPeriods);

/// <summary>What an application keeps of when a person can be met.</summary>
/// <param name="Rules">In the order of their making.</param>
/// <param name="Periods">By start and then id.</param>
[GenerateSerializer, Immutable, Alias("managed-availability-view")]
public sealed record ManagedAvailability(
    [property: Id(0)] ImmutableArray<AvailabilityRule> Rules, [property: Id(1)] ImmutableArray<AvailablePeriod> Periods);

/// <summary>All rules of a grant.</summary>
/// <param name="Rules">In the order of their making.</param>
[GenerateSerializer, Immutable, Alias("availability-rules")]
public sealed record AvailabilityRules([property: Id(0)] ImmutableArray<AvailabilityRule> Rules);

/// <summary>A time at which a person can be met.</summary>
/// <param name="PeriodId">The application's own id.</param>
/// <param name="Start">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="End">Exclusive; likewise.</param>
[GenerateSerializer, Immutable, Alias("available-period")]
public sealed record AvailablePeriod([property: Id(0)] string PeriodId, [property: Id(1)] long Start, [property: Id(2)] long End);

/// <summary>Periods of a grant.</summary>
/// <param name="Periods">By start and then id.</param>
[GenerateSerializer, Immutable, Alias("available-periods")]
public sealed record AvailablePeriods([property: Id(0)] ImmutableArray<AvailablePeriod> Periods);

/// <summary>When a person can be met.</summary>
/// <param name="Edges">As <see cref="TimeSet.Edges"/>.</param>
/// <param name="CalendarIds">The calendars that the rules name; default when any rule names none, or there is no rule.</param>
/// <param name="RuleIds">The rules that were looked at.</param>
[GenerateSerializer, Immutable, Alias("open-times")]
public sealed record OpenTimes(
    [property: Id(0)] ImmutableArray<long> Edges,
    [property: Id(1)] ImmutableArray<string> CalendarIds,
    [property: Id(2)] ImmutableArray<string> RuleIds);

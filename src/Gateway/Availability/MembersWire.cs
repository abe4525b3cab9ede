using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Gateway.Availability;

/// <summary>Reads who is to meet: groups of members.</summary>
/// <remarks>A person who is named twice in the same words is asked once; in other words, they are two members.</remarks>
/// <param name="root">The question.</param>
/// <param name="caller">Who asks.</param>
/// <param name="whole">All the time that counts.</param>
/// <param name="explained">The times of meetings that are to be explained; null for none.</param>
internal sealed class MembersWire(RequestField root, ApplicationCaller caller, Stretch whole, TimeSet? explained = null)
{
    private const int MaxText = 64;
    private const int MaxCalendars = 500;
    private const int MostPerPeriod = 1_000;

    private readonly List<AvailabilityMember> _members = [];
    private readonly ImmutableArray<Transparency> _ignored = IgnoredWire.Read(root);
    private readonly ImmutableArray<ExcludedEvent> _excluded = Excluded(root["excluded_events"]);
    private readonly bool _wantsFreshness = (root["include_freshness"].Flag() ?? false) || root["max_staleness"].IsGiven;
    private readonly int? _maxStaleness = Seconds(root["max_staleness"], 7 * 86_400);
    private readonly int _maxWait = Seconds(root["max_wait"], AvailabilityLimits.WaitSeconds) ?? AvailabilityLimits.DefaultWaitSeconds;

    /// <summary>In the order of their first naming.</summary>
    public ImmutableArray<AvailabilityMember> Members => [.. _members];

    /// <summary>The groups of one list of participants.</summary>
    public ImmutableArray<AvailabilityGroup> Read(RequestField participants)
    {
        if (!participants.Require() || participants.Items(AvailabilityLimits.Groups) is not { } groups)
        {
            return [];
        }

        if (groups.Count == 0)
        {
            participants.Fault(FieldKeys.Required, "must have at least one entry");
        }

        ImmutableArray<AvailabilityGroup> read =
            [.. groups.Where(g => g.Require() && g.ExpectObject()).Select(ReadGroup).OfType<AvailabilityGroup>()];
        if (_members.Count > AvailabilityLimits.Members)
        {
            participants.Fault(FieldKeys.TooMany, $"must have at most {AvailabilityLimits.Members} members in all");
        }

        return read;
    }

    private AvailabilityGroup? ReadGroup(RequestField group)
    {
        RequestField list = group["members"];
        if (!list.Require() || list.Items(AvailabilityLimits.Members) is not { } items)
        {
            return null;
        }

        if (items.Count == 0)
        {
            list.Fault(FieldKeys.Required, "must have at least one entry");
            return null;
        }

        ImmutableArray<int> members = [.. items.Select(ReadMember).Distinct()];
        return new AvailabilityGroup(Required(group["required"], members.Length), members);
    }

    private static int Required(RequestField field, int members)
    {
        if (!field.IsGiven || (field.IsString && field.Text(MaxText) is "all" or ""))
        {
            return members;
        }

        int? required = field.Integer(FieldKeys.NotRecognized);
        if (required is < 1 || required > members)
        {
            field.Fault(FieldKeys.OutOfRange, $"must be all, or 1 to the number of members, which is {members}");
        }

        return Math.Clamp(required ?? members, 1, members);
    }

    private int ReadMember(RequestField field)
    {
        AvailabilityMember member = new("", field.Path, NoTime());
        if (field.Require() && field.ExpectObject())
        {
            string? sub = field["sub"].Require() ? field["sub"].Text(MaxText) : null;
            if (sub is not null && (!GrainKeys.IsGrant(sub) || !caller.MayAskAbout(sub)))
            {
                field["sub"].Fault(FieldKeys.NotRecognized, "this is no account of this application");
            }

            member = new AvailabilityMember(sub ?? "", field.Path, Query(field));
        }

        int known = _members.FindIndex(m => m.Sub == member.Sub && IsSame(m.Query, member.Query));
        if (known < 0)
        {
            _members.Add(member);
            known = _members.Count - 1;
        }

        return known;
    }

    private static bool IsSame(MemberQuery one, MemberQuery other) =>
        one.IsManaged == other.IsManaged
        && Same(one.CalendarIds, other.CalendarIds)
        && Same(one.Periods, other.Periods)
        && Same(one.RuleIds, other.RuleIds)
        && Same(one.Constraints, other.Constraints);

    private static bool Same<T>(ImmutableArray<T> one, ImmutableArray<T> other) =>
        one.IsDefault == other.IsDefault && (one.IsDefault || one.SequenceEqual(other));

    private MemberQuery NoTime() => new(
        whole.Start,
        whole.End,
        default,
        default,
        false,
        default,
        [],
        _ignored,
        _excluded,
        _wantsFreshness,
        _maxStaleness,
        _maxWait,
        explained is null ? default : explained.Edges,
        NamesEvents: !caller.IsElement);

    private MemberQuery Query(RequestField field)
    {
        RequestField periods = field["available_periods"];
        return NoTime() with
        {
            CalendarIds = Ids(field["calendar_ids"], id => GrainKeys.IsCalendar(id), "errors.invalid_calendar_ids"),
            Periods = periods.IsGiven && Moments.Periods(periods, AvailabilityLimits.QueryPeriods) is { } set ? set.Edges : default,
            IsManaged = field["managed_availability"].Flag() ?? false,
            RuleIds = Ids(field["availability_rule_ids"], _ => true, FieldKeys.InvalidFormat),
            Constraints = Constraints(field["availability_constraints"]),
        };
    }

    /// <summary>Ids, each once; default when not given. An empty list is none of them.</summary>
    private static ImmutableArray<string> Ids(RequestField field, Func<string, bool> isPossible, string key)
    {
        if (field.Items(MaxCalendars) is not { } items)
        {
            return default;
        }

        ImmutableArray<string> ids =
            [.. items.Select(item => item.Require() ? item.Text(128) : null).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (!ids.All(isPossible))
        {
            field.Fault(key, "One or more of the calendar IDs provided was invalid");
        }

        return ids;
    }

    private static ImmutableArray<AvailabilityConstraint> Constraints(RequestField field) =>
        [.. (field.Items(AvailabilityLimits.Constraints) ?? []).Select(Constraint).OfType<AvailabilityConstraint>()];

    private static AvailabilityConstraint? Constraint(RequestField field)
    {
        if (!field.Require() || !field.ExpectObject())
        {
            return null;
        }

        int? limit = field["limit"].Require() ? field["limit"].Integer() : null;
        if (limit is < 0 or > MostPerPeriod)
        {
            field["limit"].Fault(FieldKeys.OutOfRange, $"must be 0 to {MostPerPeriod}");
        }

        string? period = field["period"].Require() ? field["period"].Text(MaxText) : null;
        if (period is not (null or "day" or "week"))
        {
            field["period"].Fault(FieldKeys.NotRecognized, "must be day or week");
        }

        // Events have no tags here, so that none would ever be counted.
        if (field["tags"].IsGiven && !field["tags"].IsEmptyList)
        {
            field["tags"].Fault(FieldKeys.NotSupported, "events have no tags in this service: leave it out to count all of the application's events");
        }

        string zone = field["tzid"].Zone() ?? "Etc/UTC";
        return limit is { } most && period is not null ? new AvailabilityConstraint(most, period == "week", zone) : null;
    }

    private static int? Seconds(RequestField field, int most)
    {
        int? seconds = field.Integer();
        if (seconds < 0 || seconds > most)
        {
            field.Fault(FieldKeys.OutOfRange, $"must be 0 to {most} seconds");
            return null;
        }

        return seconds;
    }

    private static ImmutableArray<ExcludedEvent> Excluded(RequestField field) =>
        [.. (field.Items(AvailabilityLimits.ExcludedEvents) ?? []).Select(ExcludedOne).OfType<ExcludedEvent>()];

    private static ExcludedEvent? ExcludedOne(RequestField field)
    {
        if (!field.Require() || !field.ExpectObject())
        {
            return null;
        }

        string? id = field["event_id"].Text(EventLimits.EventId);
        string? uid = field["event_uid"].Text(EventLimits.EventId);
        if (id is null == uid is null)
        {
            field.Fault(FieldKeys.Required, "must have either event_id or event_uid");
            return null;
        }

        return new ExcludedEvent(field["calendar_id"].Text(128), id, uid);
    }
}

using CalendarActors.Domain.Availability;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.BookableEvents;
using CalendarActors.Gateway.FreeBusy;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Availability;

/// <summary>The shapes of questions for times to meet, of rules, and of available periods.</summary>
internal static class AvailabilitySchemas
{
    private const string MomentPattern = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$";

    private static readonly ApiSchema Id = ApiSchema.Formatted(null, AvailabilityLimits.IdLength, "^[!-~]+$");

    private static readonly ApiSchema Duration = ApiSchema.Object(
        "Duration",
        "Hours, minutes, or both; beside hours, minutes are below 60.",
        May("hours", ApiSchema.Integer(0, 24)),
        May("minutes", ApiSchema.Integer(0, 24 * 60)));

    private static readonly ApiSchema Buffer = ApiSchema.Object(
        "Buffer",
        "A duration, or its minimum and maximum; the maximum matters only between the steps of a sequence.",
        May("hours", ApiSchema.Integer(0, 24)),
        May("minutes", ApiSchema.Integer(0, 24 * 60)),
        May("minimum", Duration),
        May("maximum", Duration));

    private static readonly ApiSchema Buffers = ApiSchema.Object(
        "Buffers", "Time in which nobody may be busy.", May("before", Buffer), May("after", Buffer));

    private static readonly ApiSchema Period = ApiSchema.Object(
        "Period", "A stretch of time.", Must("start", ApiSchema.Moment), Must("end", ApiSchema.Moment, "Exclusive."));

    private static readonly ApiSchema Periods = ApiSchema.List(Period, AvailabilityLimits.QueryPeriods);

    private static readonly ApiSchema Constraint = ApiSchema.Object(
        "AvailabilityConstraint",
        "So many events of the application in each day or week, and no more.",
        Must("limit", ApiSchema.Integer(0, 1_000)),
        Must("period", ApiSchema.Word("day", "week"), "Weeks begin on Monday."),
        May("tzid", ApiIds.Zone, "In which days are counted; UTC without it."));

    private static readonly ApiSchema Member = ApiSchema.Object(
        "AvailabilityMember",
        "Somebody who is to come.",
        Must("sub", ApiIds.Account),
        May("calendar_ids", ApiSchema.List(ApiIds.Calendar, 500), "The calendars that count: all without it, none when empty."),
        May("available_periods", Periods, "They can be met only in these."),
        May("managed_availability", ApiSchema.Flag, "They can be met only as the stored rules and periods say."),
        May("availability_rule_ids", ApiSchema.List(Id, 500), "Of the stored rules these only; none when empty."),
        May("availability_constraints", ApiSchema.List(Constraint, AvailabilityLimits.Constraints)));

    private static readonly ApiSchema Group = ApiSchema.Object(
        "AvailabilityGroup",
        "Members of whom some must be free at the same time.",
        Must("members", ApiSchema.List(Member, AvailabilityLimits.Members)),
        May("required", ApiSchema.AnyOf(
            "RequiredMembers", "How many of them: all without it.", ApiSchema.Word("all"), ApiSchema.Integer(1, AvailabilityLimits.Members))));

    private static readonly ApiSchema Excluded = ApiSchema.Object(
        "ExcludedEvent",
        "An event that is looked at as if it were not there: either event_id or event_uid.",
        May("event_id", ApiIds.EventId),
        May("event_uid", ApiIds.EventUid),
        May("calendar_id", ApiIds.Calendar, "In this calendar only."));

    private static readonly ApiSchema Participants = ApiSchema.List(
        ApiSchema.Object("AvailableParticipant", "Somebody who is free.", Must("sub", ApiIds.Account)), AvailabilityLimits.Members);

    private static readonly ApiSchema Time = ApiSchema.Object(
        "AvailableTime",
        "A time at which they can meet.",
        Must("start", ApiSchema.Moment),
        Must("end", ApiSchema.Moment),
        Must("participants", Participants, "Everybody who is free throughout, also of a group that needs only some."));

    private static readonly ApiSchema SequenceId = ApiSchema.AnyOf(
        "SequenceId", "The application's own id of a step: a text or a number, which comes back as it was given.",
        ApiSchema.Text(255), ApiSchema.Number());

    private static readonly ApiSchema Step = ApiSchema.Object(
        "SequenceStep",
        "One meeting of a sequence.",
        Must("sequence_id", SequenceId),
        May("ordinal", ApiSchema.Integer(int.MinValue, int.MaxValue), "Lower ones come earlier; equal ones, and steps without, in any order."),
        Must("participants", ApiSchema.List(Group, AvailabilityLimits.Groups)),
        Must("required_duration", Duration),
        May("query_periods", Periods, "Instead of those of the whole question."),
        May("start_interval", Duration),
        May("buffer", Buffers));

    private static readonly ApiSchema FoundStep = ApiSchema.Object(
        "AvailableStep",
        "A time for a step.",
        Must("sequence_id", SequenceId),
        Must("start", ApiSchema.Moment),
        Must("end", ApiSchema.Moment),
        Must("participants", Participants));

    private static readonly ApiSchema Status = ApiSchema.Object(
        "AvailabilityMemberStatus",
        "How well a member's time is known.",
        Must("sub", ApiIds.Account),
        Must("sync_status", ApiSchema.Word("active", "pending", "disconnected")),
        May("as_of", ApiSchema.Moment, "When the provider was last asked for the calendar that was asked longest ago."));

    private static readonly ApiSchema Reason = ApiSchema.Object(
        "AvailabilityReason",
        "One thing that stands in the way.",
        Must("reason", ApiSchema.Word("busy", "buffer", "held", "outside_hours", "limit_reached", "unknown", "not_queried")),
        May("sub", ApiIds.Account, "Whose."),
        May("start", ApiSchema.Moment, "When what stands in the way begins."),
        May("end", ApiSchema.Moment),
        May("field", ApiSchema.Text(200), "The part of the request that it comes from."),
        May("availability_rule_ids", ApiSchema.List(Id, AvailabilityLimits.Rules), "The rules that do not let the member be met then."),
        May("events", ApiSchema.List(FreeBusySchemas.Entry, 1_000), "What keeps the member busy then; not in an answer to an element."));

    private static readonly ApiSchema Explanation = ApiSchema.Object(
        "AvailabilityExplanation",
        "Why a start is offered or not.",
        Must("start", ApiSchema.Moment),
        Must("available", ApiSchema.Flag),
        Must("reasons", ApiSchema.List(Reason, 1_000), "Also of those without whom the meeting could be."));

    private static readonly ApiSchema WeeklyPeriod = ApiSchema.Object(
        "WeeklyPeriod",
        "Some hours of one day of each week.",
        Must("day", ApiSchema.Word("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")),
        Must("start_time", ApiSchema.Formatted(null, 5, @"^\d\d:\d\d$")),
        Must("end_time", ApiSchema.Formatted(null, 5, @"^\d\d:\d\d$"), "After start_time; 24:00 for the end of the day."));

    private static readonly ApiSchema Rule = ApiSchema.Object(
        "AvailabilityRule",
        "Hours of the week at which a person can be met.",
        Must("availability_rule_id", Id),
        Must("tzid", ApiIds.Zone),
        May("calendar_ids", ApiSchema.List(ApiIds.Calendar, 500), "The calendars that keep the person busy: all without it."),
        Must("weekly_periods", ApiSchema.List(WeeklyPeriod, AvailabilityLimits.WeeklyPeriods)));

    private static readonly ApiSchema GivenMoment = ApiSchema.AnyOf(
        "GivenMoment",
        "A time in whole seconds, in UTC or with an offset; also as an object, whose zone says nothing more.",
        ApiSchema.Formatted("date-time", 25, MomentPattern),
        ApiSchema.Object(
            "ZonedMoment", "A time with its zone.", Must("time", ApiSchema.Formatted("date-time", 25, MomentPattern)), May("tzid", ApiIds.Zone)));

    private static readonly ApiField[] AvailablePeriod =
        [Must("available_period_id", Id), Must("start", Events.EventSchemas.Time), Must("end", Events.EventSchemas.Time)];

    public static ApiSchema Question { get; } = ApiSchema.Object(
        "AvailabilityRequest",
        "When can these people meet.",
        May("participants", ApiSchema.List(Group, AvailabilityLimits.Groups), "Every group must be met at the same time. Required, except for bookable_events."),
        May("required_duration", Duration, "Required likewise."),
        May("bookable_events", ApiSchema.List(
            ApiSchema.Object("AskedBookableEvent", "A bookable event.", Must("bookable_event_id", BookableEventDescription.Id)), AvailabilityLimits.BookableEvents), "Instead of people and times: which of these have places left."),
        May("query_periods", Periods, "The meeting must lie in one of these. available_periods is its former name."),
        May("query_slots", ApiSchema.List(
            ApiSchema.Object("QuerySlot", "A start.", Must("start", ApiSchema.Moment)), AvailabilityLimits.QuerySlots), "Exactly these starts, instead of query_periods."),
        May("start_interval", Duration, "Between starts: 5, 10, 15, 20, 30 or 60 minutes, from the full hour in UTC."),
        May("buffer", Buffers),
        May("response_format", ApiSchema.Word("periods", "slots", "overlapping_slots")),
        May("max_results", ApiSchema.Integer(1, int.MaxValue), "At most 512 are given."),
        May("include_member_statuses", ApiSchema.Flag),
        May("excluded_events", ApiSchema.List(Excluded, AvailabilityLimits.ExcludedEvents)),
        May("ignored_extended_transparencies", ApiSchema.List(ApiSchema.Word(
            "opaque", "transparent", "working_elsewhere", "tentative", "out_of_office", "unknown"), 64), "Ways of taking time that count as free."),
        May("include_freshness", ApiSchema.Flag, "Of this service: member_statuses with as_of."),
        May("max_staleness", ApiSchema.Integer(0, 7 * 86_400), "Of this service, in seconds: calendars asked longer ago are asked before the answer."),
        May("max_wait", ApiSchema.Integer(0, AvailabilityLimits.WaitSeconds), "In seconds, how long to wait for them; 4 without it."),
        May("explain", ApiSchema.AnyOf(
            "ExplainedStarts",
            "Of this service: starts to explain; true for all of query_slots.",
            ApiSchema.Flag,
            ApiSchema.List(ApiSchema.Moment, AvailabilityLimits.Explained))));

    public static ApiSchema Answer { get; } = ApiSchema.Object(
        "AvailabilityAnswer",
        "Times at which they can meet, in the order of their starts.",
        May("available_periods", ApiSchema.List(Time, AvailabilityLimits.Results), "For response_format periods."),
        May("available_slots", ApiSchema.List(Time, AvailabilityLimits.Results), "For the other formats."),
        May("available_bookable_events", ApiSchema.List(BookableEventDescription.Open, AvailabilityLimits.BookableEvents), "For bookable_events: confirmed, not begun, with places left."),
        May("member_statuses", ApiSchema.List(Status, AvailabilityLimits.Members)),
        May("explanations", ApiSchema.List(Explanation, AvailabilityLimits.Explained)));

    public static ApiSchema SequenceQuestion { get; } = ApiSchema.Object(
        "SequencedAvailabilityRequest",
        "When can these meetings follow each other.",
        May("query_periods", Periods, "For the steps that have none of their own. available_periods is its former name."),
        Must("sequence", ApiSchema.List(Step, SequenceSearch.MaxSteps)),
        May("max_results", ApiSchema.Integer(1, int.MaxValue), "At most 512 are given."));

    public static ApiSchema SequenceAnswer { get; } = ApiSchema.Object(
        "SequencedAvailabilityAnswer",
        "Sequences, in the order of their first starts.",
        Must("sequences", ApiSchema.List(
            ApiSchema.Object(
                "AvailableSequence", "Times for all steps.", Must("sequence", ApiSchema.List(FoundStep, SequenceSearch.MaxSteps))),
            AvailabilityLimits.Results)),
        May("truncated", ApiSchema.Flag, "Of this service: true when there were too many possibilities to look at all of them, so that some may be missing."));

    public static ApiSchema RuleRequest { get; } = Rule;

    public static ApiSchema RuleAnswer { get; } = ApiSchema.Object(
        "AvailabilityRuleAnswer", "A rule.", Must("availability_rule", Rule));

    public static ApiSchema RuleList { get; } = ApiSchema.Object(
        "AvailabilityRuleList", "All rules.", Must("availability_rules", ApiSchema.List(Rule, AvailabilityLimits.Rules)));

    public static ApiSchema PeriodRequest { get; } = ApiSchema.Object(
        "AvailablePeriodRequest",
        "A time at which the person can be met.",
        Must("available_period_id", Id),
        Must("start", GivenMoment),
        Must("end", GivenMoment),
        May("tzid", ApiIds.Zone));

    public static ApiSchema PeriodRemoval { get; } = ApiSchema.Object(
        "AvailablePeriodRemoval",
        "What to delete.",
        May("available_period_id", Id),
        May("delete_all", ApiSchema.Flag, "All periods, instead of one."));

    public static ApiSchema PeriodList { get; } = ApiSchema.Object(
        "AvailablePeriodList",
        "Available periods, in the order of their starts.",
        Must("pages", Events.EventSchemas.Pages),
        Must("available_periods", ApiSchema.List(
            ApiSchema.Object("AvailablePeriod", "A time at which the person can be met.", AvailablePeriod), AvailabilityLimits.Periods)));
}

using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Triggers;
using CalendarActors.Gateway.Api;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Events;

/// <summary>The shapes of what is asked for about the time of an event.</summary>
internal static class SubscriptionSchemas
{
    private static readonly ApiSchema Offset = ApiSchema.Object(
        "Offset",
        "How long before or after. Hours, minutes or both; minutes below 60 where hours are given.",
        May("hours", ApiSchema.Integer(0, SubscriptionLimits.OffsetMinutes / 60)),
        May("minutes", ApiSchema.Integer(0, SubscriptionLimits.OffsetMinutes)));

    private static readonly ApiSchema Edge = ApiSchema.Word("event_start", "event_end");

    private static readonly ApiSchema Transition = ApiSchema.Object(
        "Transition",
        "A moment of the event; either before or after.",
        May("before", Edge),
        May("after", Edge),
        Must("offset", Offset));

    private static readonly ApiSchema Subscription = ApiSchema.Object(
        "EventSubscription",
        "Who is called when the event's time comes.",
        Must("type", ApiSchema.Word("webhook")),
        Must("uri", ApiSchema.Formatted("uri", CallbackAddresses.MaxLength, null), "Where to call."),
        Must("transitions", ApiSchema.List(Transition, SubscriptionLimits.Transitions), "At least one."));

    /// <summary>Those of one event.</summary>
    public static ApiSchema List { get; } = ApiSchema.List(Subscription, SubscriptionLimits.Subscriptions);
}

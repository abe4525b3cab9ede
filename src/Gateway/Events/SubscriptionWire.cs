using System.Collections.Immutable;
using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Triggers;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Events;

/// <summary>Reads the calls about an event that its application asks for.</summary>
/// <remarks>
/// Interactions speak of conferencing, which is not served yet: they are refused, because nobody would ever be called. So is
/// what the vendor does not document: a call that comes at another time than was meant is worse than none.
/// </remarks>
internal static class SubscriptionWire
{
    /// <summary>Absent or null keeps them; an empty list takes them away. The same twice counts once.</summary>
    public static Change<ImmutableArray<EventSubscription>> Read(RequestField field)
    {
        if (field.Items(SubscriptionLimits.Subscriptions) is not { } items)
        {
            return Change<ImmutableArray<EventSubscription>>.Keep;
        }

        return Change<ImmutableArray<EventSubscription>>.To(
        [
            .. items.Select(Subscription).OfType<EventSubscription>()
                .GroupBy(s => s.Address, StringComparer.Ordinal)
                .Select(g => new EventSubscription(g.Key, [.. g.SelectMany(s => s.Transitions).Distinct()])),
        ]);
    }

    private static EventSubscription? Subscription(RequestField field)
    {
        if (!IsObject(field))
        {
            return null;
        }

        RequestField type = field["type"];
        if (type.Require() && type.Text(64) is { } word && word != "webhook")
        {
            type.Fault(FieldKeys.NotRecognized, "must be webhook");
        }

        string? address = Address(field["uri"]);
        RequestField interactions = field["interactions"];
        if (interactions.Items(SubscriptionLimits.Transitions) is { Count: > 0 })
        {
            interactions.Fault(FieldKeys.NotSupported, "no conferencing service is available, so there are no interactions to tell of");
            return null;
        }

        RequestField transitions = field["transitions"];
        if (!transitions.Require() || transitions.Items(SubscriptionLimits.Transitions) is not { } items)
        {
            return null;
        }

        if (items.Count == 0)
        {
            transitions.Fault(FieldKeys.Required, "must have at least one entry");
        }

        ImmutableArray<Transition> read = [.. items.Select(Transition).OfType<Transition>()];
        return address is null ? null : new EventSubscription(address, read);
    }

    private static string? Address(RequestField field)
    {
        if (!field.Require() || field.Text(CallbackAddresses.MaxLength) is not { } text)
        {
            return null;
        }

        if (CallbackAddresses.ProblemOf(text) is { } problem)
        {
            field.Fault(FieldKeys.InvalidFormat, problem);
            return null;
        }

        return text;
    }

    private static Transition? Transition(RequestField field)
    {
        if (!IsObject(field))
        {
            return null;
        }

        (RequestField before, RequestField after) = (field["before"], field["after"]);
        if (before.IsGiven == after.IsGiven)
        {
            field.Fault(FieldKeys.InvalidFormat, "must have either before or after");
            Durations.Minutes(field["offset"], 0, SubscriptionLimits.OffsetMinutes);
            return null;
        }

        EventEdge? edge = Edge(before.IsGiven ? before : after);
        int? minutes = Durations.Minutes(field["offset"], 0, SubscriptionLimits.OffsetMinutes);
        return edge is { } e && minutes is { } m ? new Transition(before.IsGiven, e, m) : null;
    }

    private static EventEdge? Edge(RequestField field)
    {
        if (field.Text(64) is not { } word)
        {
            return null;
        }

        EventEdge? edge = word switch
        {
            "event_start" => EventEdge.Start,
            "event_end" => EventEdge.End,
            _ => null,
        };
        if (edge is null)
        {
            field.Fault(FieldKeys.NotRecognized, "must be event_start or event_end");
        }

        return edge;
    }

    private static bool IsObject(RequestField field) => field.Require() && field.ExpectObject();
}

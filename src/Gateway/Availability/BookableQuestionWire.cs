using CalendarActors.Domain.Availability;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.BookableEvents;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Gateway.Availability;

/// <summary>Reads a question for the bookable events that have places left.</summary>
/// <remarks>
/// Source: docs.cronofy.com, "Bookable Events: Availability". Such a question is about nobody's calendars: beside people or
/// times to search it would be two questions.
/// </remarks>
internal static class BookableQuestionWire
{
    private const string Field = "bookable_events";

    private static readonly string[] Others = ["participants", "query_periods", "available_periods", "query_slots"];

    /// <summary>True when bookable events are asked about; an empty list or object means nothing.</summary>
    public static bool IsMeant(RequestField root) => root[Field].SaysSomething;

    /// <summary>The question; only to be used when nothing was wrong.</summary>
    public static OpenBookableEventsRequest Read(RequestField root, ApplicationCaller caller)
    {
        foreach (string other in Others)
        {
            if (root[other].SaysSomething)
            {
                root[other].Fault(FieldKeys.NotSupported, $"cannot be given beside {Field}");
            }
        }

        return new OpenBookableEventsRequest(
            caller.ClientId,
            [
                .. (root[Field].Items(AvailabilityLimits.BookableEvents) ?? [])
                    .Select(item => item.ExpectObject() ? Id(item["bookable_event_id"], caller) : "")
                    .Distinct(StringComparer.Ordinal),
            ],
            AvailabilityRequestWire.MaxResults(root["max_results"]));
    }

    private static string Id(RequestField field, ApplicationCaller caller)
    {
        string id = BookableEventWire.Id(field);
        if (id.Length > 0 && !caller.MayAskAboutEvent(id))
        {
            field.Fault(FieldKeys.NotRecognized, "this element token does not name it in bookable_event_ids");
        }

        return id;
    }
}

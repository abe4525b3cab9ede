using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Events;

/// <summary>Reads an event's times: a text, or <c>{time, tzid}</c>.</summary>
internal static class EventTimeWire
{
    private const int MaxText = 64;

    /// <summary>The time; null when it is missing or wrong.</summary>
    /// <param name="field">Where it is.</param>
    /// <param name="zoneId">The whole event's zone; the time's own wins.</param>
    public static CalendarTime? Read(RequestField field, string? zoneId)
    {
        if (!field.Require())
        {
            return null;
        }

        RequestField text = field;
        if (field.IsObject)
        {
            text = field["time"];
            zoneId = field["tzid"].Zone() ?? zoneId;
            if (!text.Require())
            {
                return null;
            }
        }

        if (text.Text(MaxText) is not { } written)
        {
            return null;
        }

        if (GivenTime.Parse(written) is not { } given)
        {
            text.Fault(FieldKeys.MustBeTime, "must be a date, or a time in UTC or with an offset, in whole seconds");
            return null;
        }

        CalendarTime time = given.In(zoneId);
        if (!EventRules.IsInRange(time))
        {
            text.Fault(FieldKeys.OutOfRange, $"must be between {EventLimits.FirstDay:uuuu-MM-dd} and {EventLimits.LastDay:uuuu-MM-dd}");
            return null;
        }

        return time;
    }
}

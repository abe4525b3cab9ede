using CalendarActors.Domain.Availability;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Availability;

/// <summary>Reads the buffers around a meeting: each a bare duration, or its minimum and maximum.</summary>
internal static class BuffersWire
{
    /// <summary>Before and behind it, in seconds; any time at all where nothing is said, or nothing that means something.</summary>
    public static (Gap Before, Gap After) Read(RequestField field) =>
        field.SaysSomething && field.ExpectObject() ? (One(field["before"]), One(field["after"])) : (Gap.Any, Gap.Any);

    private static Gap One(RequestField field)
    {
        if (!field.SaysSomething || !field.ExpectObject())
        {
            return Gap.Any;
        }

        int? maximum = field["maximum"].SaysSomething ? Minutes(field["maximum"]) : null;
        int? minimum = field["minimum"].SaysSomething ? Minutes(field["minimum"])
            : field["minutes"].IsGiven || field["hours"].IsGiven ? Minutes(field)
            : 0;
        if (minimum > maximum)
        {
            field["maximum"].Fault(FieldKeys.OutOfRange, "must not be less than the minimum");
        }

        return new Gap(60 * (minimum ?? 0), 60 * maximum);
    }

    private static int? Minutes(RequestField field) => Durations.Minutes(field, 0, AvailabilityLimits.BufferMinutes);
}

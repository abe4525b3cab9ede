using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Gateway.Wire;

/// <summary>Reads moments: a text, or <c>{time, tzid}</c>, always with an offset or in UTC.</summary>
internal static class Moments
{
    private const int MaxText = 64;

    private static readonly Instant First = Instant.FromUtc(1970, 1, 1, 0, 0);

    /// <summary>Seconds since 1970-01-01T00:00:00Z; null, with a fault, when it is missing or wrong.</summary>
    public static long? Read(RequestField field)
    {
        RequestField text = field.IsObject ? field["time"] : field;
        if (!text.Require() || text.Text(MaxText) is not { } written)
        {
            return null;
        }

        if (GivenTime.Parse(written) is not { Day: null } given)
        {
            text.Fault(FieldKeys.MustBeTime, "must be a time in UTC or with an offset, in whole seconds");
            return null;
        }

        Instant moment = given.MomentIn(DateTimeZone.Utc);
        if (moment < First || moment > AvailabilityLimits.Last)
        {
            text.Fault(FieldKeys.OutOfRange, "must be between 1970 and 2200");
            return null;
        }

        return moment.ToUnixTimeSeconds();
    }

    /// <summary>A stretch of time with a start and an end; null, with a fault, when either is missing or wrong.</summary>
    public static Stretch? Period(RequestField field)
    {
        if (!field.Require() || !field.ExpectObject())
        {
            return null;
        }

        (long? start, long? end) = (Read(field["start"]), Read(field["end"]));
        if (start is not { } from || end is not { } to)
        {
            return null;
        }

        if (to <= from)
        {
            field["end"].Fault(FieldKeys.InvalidTimePair, "end must be after start");
            return null;
        }

        return new Stretch(from, to);
    }

    /// <summary>Periods, as a set of moments; null when not given or wrong.</summary>
    /// <param name="field">Where they are.</param>
    /// <param name="most">At most so many.</param>
    public static TimeSet? Periods(RequestField field, int most)
    {
        if (field.Items(most) is not { } items)
        {
            return null;
        }

        Stretch?[] periods = [.. items.Select(Period)];
        return periods.Any(p => p is null) ? null : TimeSet.Of(periods.Select(p => p!.Value));
    }
}

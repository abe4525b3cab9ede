namespace CalendarActors.Gateway.Wire;

/// <summary>Reads durations: objects with hours, minutes, or both.</summary>
internal static class Durations
{
    /// <summary>A duration in whole minutes; null, with a fault, when it is missing or wrong.</summary>
    /// <param name="field">Where it is.</param>
    /// <param name="least">Minutes, 0 or more.</param>
    /// <param name="most">Minutes.</param>
    public static int? Minutes(RequestField field, int least, int most)
    {
        if (!field.Require() || !field.ExpectObject())
        {
            return null;
        }

        (RequestField hours, RequestField minutes) = (field["hours"], field["minutes"]);
        if (!hours.IsGiven && !minutes.IsGiven)
        {
            field.Fault(FieldKeys.Required, "must have hours or minutes");
            return null;
        }

        if ((hours.IsGiven && hours.Integer() is null) | (minutes.IsGiven && minutes.Integer() is null))
        {
            return null;
        }

        (int h, int m) = (hours.Integer() ?? 0, minutes.Integer() ?? 0);
        if (hours.IsGiven && m is > 59)
        {
            minutes.Fault(FieldKeys.OutOfRange, "must be below 60 where hours are given");
            return null;
        }

        long total = (h * 60L) + m;
        if (h < 0 || m < 0 || total < least || total > most)
        {
            field.Fault(FieldKeys.OutOfRange, $"must be {least} to {most} minutes");
            return null;
        }

        return (int)total;
    }
}

using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Gateway.Wire;
using NodaTime;

namespace CalendarActors.Gateway.Events;

/// <summary>Reads how an event repeats: one rule at most.</summary>
/// <remarks>A part that the wire's rules do not have is refused: the series would not be the one that was meant.</remarks>
internal static class RecurrenceWire
{
    private static readonly string[] Parts = ["frequency", "interval", "count", "until", "by_day"];
    private static readonly string[] DayParts = ["day", "nth_of_period"];

    /// <summary>Absent or null keeps the series; an empty list ends it.</summary>
    /// <param name="field">The <c>recurrence</c> object.</param>
    /// <param name="start">The event's start, which says what the last day means; null when it was wrong.</param>
    /// <param name="zoneId">The event's zone; null for UTC.</param>
    public static Change<ImmutableArray<RecurrenceRule>> Read(RequestField field, CalendarTime? start, string? zoneId)
    {
        if (!field.ExpectObject())
        {
            return Change<ImmutableArray<RecurrenceRule>>.Keep;
        }

        RefuseOthers(field, ["rules"]);
        if (field["rules"].Items(1, FieldKeys.MaxRulesExceeded) is not { } items)
        {
            return Change<ImmutableArray<RecurrenceRule>>.Keep;
        }

        return Change<ImmutableArray<RecurrenceRule>>.To(
            [.. items.Select(item => Rule(item, start, zoneId)).OfType<RecurrenceRule>()]);
    }

    private static RecurrenceRule? Rule(RequestField field, CalendarTime? start, string? zoneId)
    {
        if (!field.ExpectObject())
        {
            return null;
        }

        RefuseOthers(field, Parts);
        RecurrenceFrequency? frequency = Frequency(field["frequency"]);
        int interval = Positive(field["interval"], EventLimits.RecurrenceInterval) ?? 1;
        int? count = Positive(field["count"], EventLimits.RecurrenceCount);
        CalendarTime? until = Until(field["until"], start, zoneId);
        if (field["count"].IsGiven && field["until"].IsGiven)
        {
            field["until"].Fault(FieldKeys.CountAndUntil, "count and until exclude each other");
        }

        ImmutableArray<WeekdayInPeriod> days = Days(field["by_day"], frequency);
        return frequency is not { } unit
            ? null
            : new RecurrenceRule { Frequency = unit, Interval = interval, Count = count, Until = until, ByDay = days };
    }

    private static RecurrenceFrequency? Frequency(RequestField field)
    {
        if (!field.Require() || field.Text(32) is not { } word)
        {
            return null;
        }

        RecurrenceFrequency? frequency = word switch
        {
            "daily" => RecurrenceFrequency.Daily,
            "weekly" => RecurrenceFrequency.Weekly,
            "monthly" => RecurrenceFrequency.Monthly,
            "yearly" => RecurrenceFrequency.Yearly,
            _ => null,
        };
        if (frequency is null)
        {
            field.Fault(FieldKeys.NotRecognized, "must be daily, weekly, monthly or yearly");
        }

        return frequency;
    }

    private static int? Positive(RequestField field, int limit)
    {
        if (field.Integer(FieldKeys.MustBePositive) is not { } number)
        {
            return null;
        }

        if (number < 1)
        {
            field.Fault(FieldKeys.MustBePositive, "must be an integer greater than zero");
        }
        else if (number > limit)
        {
            field.Fault(FieldKeys.NotSupported, $"must be at most {limit}");
        }

        return number;
    }

    /// <summary>The whole of the last day counts, in the zone of the event.</summary>
    private static CalendarTime? Until(RequestField field, CalendarTime? start, string? zoneId)
    {
        if (field.Text(64) is not { } text)
        {
            return null;
        }

        if (GivenTime.Parse(text) is not { } given)
        {
            field.Fault(FieldKeys.MustBeDate, "must be a date");
            return null;
        }

        DateTimeZone zone = DateTimeZoneProviders.Tzdb[start?.ZoneId ?? zoneId ?? "Etc/UTC"];
        LocalDate day = given.DayIn(zone);
        if (day < EventLimits.FirstDay || day > EventLimits.LastDay)
        {
            field.Fault(FieldKeys.OutOfRange, $"must be between {EventLimits.FirstDay:uuuu-MM-dd} and {EventLimits.LastDay:uuuu-MM-dd}");
            return null;
        }

        return start is { IsDate: true }
            ? CalendarTime.OnDate(day)
            : CalendarTime.Utc(DayStart.Of(day.PlusDays(1), zone) - Duration.FromSeconds(1));
    }

    private static ImmutableArray<WeekdayInPeriod> Days(RequestField field, RecurrenceFrequency? frequency)
    {
        ImmutableArray<WeekdayInPeriod>.Builder days = ImmutableArray.CreateBuilder<WeekdayInPeriod>();
        foreach (RequestField item in field.Items(60) ?? [])
        {
            if (item.ExpectObject() && Day(item, frequency) is { } day && !days.Contains(day))
            {
                days.Add(day);
            }
        }

        return days.ToImmutable();
    }

    private static WeekdayInPeriod? Day(RequestField item, RecurrenceFrequency? frequency)
    {
        RefuseOthers(item, DayParts);
        RequestField field = item["day"];
        if (!field.Require() || field.Text(32) is not { } word)
        {
            return null;
        }

        // Letters only, because the parser also reads numbers and lists.
        if (!word.All(char.IsAsciiLetter) || !Enum.TryParse(word, ignoreCase: true, out IsoDayOfWeek day)
            || day is IsoDayOfWeek.None)
        {
            field.Fault(FieldKeys.NotRecognized, "must be monday to sunday");
            return null;
        }

        RequestField nth = item["nth_of_period"];
        int? ordinal = nth.Integer();
        if (ordinal is not null && frequency is not (RecurrenceFrequency.Monthly or RecurrenceFrequency.Yearly))
        {
            nth.Fault(FieldKeys.NotSupported, "only for monthly and yearly rules");
        }
        else if (ordinal is 0 || Math.Abs((long)(ordinal ?? 1)) > (frequency is RecurrenceFrequency.Monthly ? 5 : 53))
        {
            nth.Fault(FieldKeys.InvalidFormat, "there is no such day in the period");
        }

        return new WeekdayInPeriod(day, ordinal);
    }

    private static void RefuseOthers(RequestField field, string[] known)
    {
        foreach (string name in field.Names)
        {
            if (!known.Contains(name, StringComparer.Ordinal) && field[name].IsGiven && !field[name].IsEmptyList)
            {
                field[name].Fault(FieldKeys.NotSupported, "not supported by this service");
            }
        }
    }
}

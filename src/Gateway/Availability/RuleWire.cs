using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CalendarActors.Domain.Availability;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Availability;
using NodaTime;

namespace CalendarActors.Gateway.Availability;

/// <summary>Reads and shapes rules.</summary>
/// <remarks>Source: docs.cronofy.com, "Upsert Availability Rule".</remarks>
internal static class RuleWire
{
    private const int MaxText = 64;
    private const int MaxCalendars = 500;

    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>The rule; only to be used when nothing was wrong.</summary>
    public static AvailabilityRule Read(RequestField root)
    {
        RequestField periods = root["weekly_periods"];
        IReadOnlyList<RequestField>? items = periods.Require() ? periods.Items(AvailabilityLimits.WeeklyPeriods) : null;

        return new AvailabilityRule(
            OwnId.Read(root["availability_rule_id"]),
            root["tzid"].Zone(isRequired: true) ?? "Etc/UTC",
            Calendars(root["calendar_ids"]),
            [.. (items ?? []).Select(Period).OfType<WeeklyPeriod>()]);
    }

    public static void WriteOne(Utf8JsonWriter json, AvailabilityRule rule)
    {
        json.WriteStartObject();
        json.WritePropertyName("availability_rule");
        Write(json, rule);
        json.WriteEndObject();
    }

    public static void WriteList(Utf8JsonWriter json, AvailabilityRules rules)
    {
        json.WriteStartObject();
        json.WriteStartArray("availability_rules");
        foreach (AvailabilityRule rule in rules.Rules)
        {
            Write(json, rule);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AvailabilityRule rule)
    {
        json.WriteStartObject();
        json.WriteString("availability_rule_id", rule.RuleId);
        json.WriteString("tzid", rule.ZoneId);
        if (!rule.CalendarIds.IsDefault)
        {
            json.WriteStartArray("calendar_ids");
            foreach (string id in rule.CalendarIds)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("weekly_periods");
        foreach (WeeklyPeriod period in rule.WeeklyPeriods)
        {
            json.WriteStartObject();
            json.WriteString("day", Days[(int)period.Day - 1]);
            json.WriteString("start_time", Clock(period.StartMinute));
            json.WriteString("end_time", Clock(period.EndMinute));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    /// <summary>Default when not given: then it stays absent.</summary>
    private static ImmutableArray<string> Calendars(RequestField field)
    {
        if (field.Items(MaxCalendars) is not { } items)
        {
            return default;
        }

        ImmutableArray<string> ids = [.. items.Select(item => item.Text(128)).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (ids.IsEmpty)
        {
            field.Fault(FieldKeys.Required, "must have at least one entry");
        }
        else if (!ids.All(GrainKeys.IsCalendar))
        {
            field.Fault("errors.invalid_calendar_ids", "One or more of the calendar IDs provided was invalid");
        }

        return ids;
    }

    private static WeeklyPeriod? Period(RequestField field)
    {
        if (!field.Require() || !field.ExpectObject())
        {
            return null;
        }

        int day = field["day"].Require() && field["day"].Text(MaxText) is { } word ? Array.IndexOf(Days, word) : -1;
        if (field["day"].IsString && day < 0)
        {
            field["day"].Fault(FieldKeys.NotRecognized, $"must be one of {string.Join(", ", Days)}");
        }

        (int? start, int? end) = (Minute(field["start_time"], isEnd: false), Minute(field["end_time"], isEnd: true));
        if (start is not { } from || end is not { } to || day < 0)
        {
            return null;
        }

        if (to <= from)
        {
            field["end_time"].Fault(FieldKeys.InvalidTimePair, "end_time must be after start_time");
            return null;
        }

        return new WeeklyPeriod((IsoDayOfWeek)(day + 1), from, to);
    }

    /// <summary>Minutes since midnight; the end of a day is 24:00.</summary>
    private static int? Minute(RequestField field, bool isEnd)
    {
        if (!field.Require() || field.Text(MaxText) is not { } text)
        {
            return null;
        }

        if (isEnd && text == "24:00")
        {
            return WeeklyPeriod.MinutesOfDay;
        }

        if (!TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time))
        {
            field.Fault(FieldKeys.MustBeTime, "must be a time of the day such as 09:30");
            return null;
        }

        return (time.Hour * 60) + time.Minute;
    }
}

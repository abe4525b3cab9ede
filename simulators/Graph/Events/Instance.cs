using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Time;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Simulators.Graph.Events;

/// <summary>What Graph shows as one event: a single one, a series, or one day of a series.</summary>
/// <param name="Event">What it is of.</param>
/// <param name="Kind">Which of the four.</param>
/// <param name="Date">The original day of a day of a series; null otherwise.</param>
/// <param name="Fields">Its fields, those of the series overridden by its own.</param>
/// <param name="Start">When it starts.</param>
/// <param name="End">When it ends.</param>
internal sealed record Instance(StoredEvent Event, InstanceKind Kind, LocalDate? Date, JsonObject Fields, EventTime Start, EventTime End)
{
    private const int DayLetters = 9;
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    public bool IsAllDay => (bool?)Fields["isAllDay"] == true;

    public bool IsInSeries => Kind is InstanceKind.Occurrence or InstanceKind.Exception;

    /// <summary>Days in ids end in a letter that tells the id from that of the series.</summary>
    public string IdIn(bool immutable)
    {
        string id = immutable ? Event.Id : Event.MutableId;
        return Date is { } date ? $"{id}o{Day.Format(date)}" : id;
    }

    /// <summary>The series id within an id, and the day; a null day when the id is that of a whole event.</summary>
    public static (string Id, LocalDate? Date) SplitId(string id) =>
        id.Length > DayLetters && id[^DayLetters] == 'o' && Day.Parse(id[^(DayLetters - 1)..]).TryGetValue(default, out var date)
            ? (id[..^DayLetters], date)
            : (id, null);

    /// <summary>Differs for each day of a series, by the day within it.</summary>
    public string ICalUId => string.Create(
        CultureInfo.InvariantCulture,
        $"040000008200E00074C5B7101A82E008{Date?.Year ?? 0:X4}{Date?.Month ?? 0:X2}{Date?.Day ?? 0:X2}{Event.Uid}");

    public static Instance Whole(StoredEvent stored) => new(
        stored,
        stored.IsSeries ? InstanceKind.SeriesMaster : InstanceKind.SingleInstance,
        null,
        stored.Fields,
        EventTime.Parse(stored.Fields["start"]),
        EventTime.Parse(stored.Fields["end"]));

    /// <summary>One day of a series; the caller knows that it happens.</summary>
    public static Instance On(StoredEvent series, LocalDate date)
    {
        EventTime start = EventTime.Parse(series.Fields["start"]);
        EventTime end = EventTime.Parse(series.Fields["end"]);
        Period length = Period.Between(start.Wall, end.Wall, PeriodUnits.Days | PeriodUnits.AllTimeUnits);
        LocalDateTime from = date + start.Wall.TimeOfDay;
        var fields = (JsonObject)series.Fields.DeepClone();
        fields.Remove("recurrence");
        if (!series.Exceptions.TryGetValue(date, out var own))
        {
            return new(series, InstanceKind.Occurrence, date, fields, new(from, start.Zone), new(from + length, end.Zone));
        }

        foreach (var (name, value) in own)
        {
            fields[name] = value?.DeepClone();
        }

        return new(
            series,
            InstanceKind.Exception,
            date,
            fields,
            own["start"] is { } moved ? EventTime.Parse(moved) : new(from, start.Zone),
            own["end"] is { } until ? EventTime.Parse(until) : new(from + length, end.Zone));
    }
}

using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>What many happenings have in common: how long, how anchored, how taken. A calendar has few of them.</summary>
/// <param name="Seconds">Length: on the wall for days and floating times, on the line otherwise.</param>
/// <param name="Kind">How the start is anchored.</param>
/// <param name="ZoneId">The start's zone; null unless it is zoned.</param>
/// <param name="IsEndRelative">True when the end is a day or floats.</param>
/// <param name="Transparency">How it takes the time.</param>
/// <param name="IsTentative">True when it is tentative.</param>
/// <param name="IsSeries">True for a happening of a series.</param>
internal readonly record struct BusyShape(
    long Seconds,
    TimeKind Kind,
    string? ZoneId,
    bool IsEndRelative,
    Transparency Transparency,
    bool IsTentative,
    bool IsSeries)
{
    private bool IsRelative => Kind is TimeKind.Date or TimeKind.Floating;

    public static BusyShape Of(EventEntry entry)
    {
        BusyEntry busy = CalendarReading.BusyOf(entry);
        BusyShape shape = new(
            0,
            entry.Start.Kind,
            entry.Start.ZoneId,
            entry.End.Kind is TimeKind.Date or TimeKind.Floating,
            busy.Transparency,
            busy.IsTentative,
            entry.SeriesId is not null);
        return shape with
        {
            Seconds = shape.IsRelative && shape.IsEndRelative
                ? (long)(Wall(entry.End) - Wall(entry.Start)).TotalSeconds
                : (long)(entry.EndsAt - entry.StartsAt).TotalSeconds,
        };
    }

    /// <summary>What is stored of the start: its instant, or its wall time as if it were UTC.</summary>
    public Instant Anchor(EventEntry entry) => IsRelative ? Wall(entry.Start) : entry.StartsAt;

    /// <summary>The start as written, of a happening that takes place where its rule put it.</summary>
    public CalendarTime StartAt(Instant @base, long seconds)
    {
        Instant anchor = @base + Duration.FromSeconds(seconds);
        return Kind switch
        {
            TimeKind.Date => CalendarTime.OnDate(anchor.InUtc().Date),
            TimeKind.Floating => CalendarTime.Floating(anchor.InUtc().LocalDateTime),
            TimeKind.Zoned => CalendarTime.InZone(anchor.InZone(DateTimeZoneProviders.Tzdb[ZoneId!]).LocalDateTime, ZoneId!),
            _ => CalendarTime.Utc(anchor),
        };
    }

    /// <summary>When it is.</summary>
    public (Instant StartsAt, Instant EndsAt) TimesAt(Instant @base, long seconds, DateTimeZone zone)
    {
        Instant anchor = @base + Duration.FromSeconds(seconds);
        Instant starts = IsRelative ? StartAt(@base, seconds).ToInstant(zone) : anchor;
        Instant ends = starts + Duration.FromSeconds(Seconds);
        if (IsRelative && IsEndRelative)
        {
            LocalDateTime end = (anchor + Duration.FromSeconds(Seconds)).InUtc().LocalDateTime;
            ends = (Kind == TimeKind.Date ? CalendarTime.OnDate(end.Date) : CalendarTime.Floating(end)).ToInstant(zone);
        }

        return (starts, Instant.Max(starts, ends));
    }

    /// <summary>What is shown of it.</summary>
    public BusyEntry EntryOf(string calendarId, string uid, in BusyTime time, Instant @base)
    {
        int day = Kind == TimeKind.Date ? (int)((@base + Duration.FromSeconds(time.Anchor)).ToUnixTimeSeconds() / 86_400) : 0;
        return new BusyEntry(
            calendarId,
            uid,
            time.Owner?.EventId,
            time.StartsAt,
            time.EndsAt,
            Kind == TimeKind.Date,
            day,
            Kind == TimeKind.Date ? day + (int)(Seconds / 86_400) : 0,
            Transparency,
            IsTentative,
            IsDeleted: false);
    }

    private static Instant Wall(CalendarTime time) => time.Local.InUtc().ToInstant();
}

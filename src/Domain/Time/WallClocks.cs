using NodaTime;

namespace CalendarActors.Domain.Time;

/// <summary>The wall clocks that one expansion reads, each made once.</summary>
/// <param name="floatingZone">The zone for days and floating times: the calendar's own.</param>
internal sealed class WallClocks(DateTimeZone floatingZone)
{
    private readonly WallClock _floating = new(floatingZone);
    private Dictionary<string, WallClock>? _zoned;
    private WallClock? _lastZoned;
    private WallClock? _utc;

    /// <summary>The clock on which midnights of whole days are told apart: no zone skips or repeats a day there.</summary>
    internal WallClock Utc => _utc ??= new WallClock(DateTimeZone.Utc);

    /// <summary>The clock on which a time's wall value is read.</summary>
    internal WallClock Of(CalendarTime time) => time.Kind switch
    {
        TimeKind.Utc => Utc,
        TimeKind.Zoned => Zoned(time),
        _ => _floating,
    };

    /// <summary>The instant of a time; of a day, its first.</summary>
    internal Instant ToInstant(CalendarTime time) =>
        time.IsDate ? _floating.ToStartOfDay(time.Local.Date) : Of(time).ToInstant(time.Local);

    private WallClock Zoned(CalendarTime time)
    {
        if (_lastZoned is not null && _lastZoned.Zone.Id == time.ZoneId)
        {
            return _lastZoned;
        }

        if (_lastZoned is not null)
        {
            _zoned ??= new Dictionary<string, WallClock>(StringComparer.Ordinal);
            _zoned[_lastZoned.Zone.Id] = _lastZoned;
        }

        return _lastZoned = _zoned?.GetValueOrDefault(time.ZoneId!) ?? new WallClock(time.ZoneOr(_floating.Zone));
    }
}

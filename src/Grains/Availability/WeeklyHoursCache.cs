using System.Collections.Concurrent;
using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using NodaTime;

namespace CalendarActors.Grains.Availability;

/// <summary>Weekly periods on the line, for all people of a silo who keep the same hours on the same wall.</summary>
internal sealed class WeeklyHoursCache
{
    /// <summary>More than that, and all begin anew: a few megabytes.</summary>
    public const int Most = 2_000;

    private const long Margin = 90 * 86_400;

    private readonly ConcurrentDictionary<Key, (Stretch Known, TimeSet Hours)> _known = new();

    /// <summary>How many different hours are kept.</summary>
    public int Count => _known.Count;

    /// <summary>See <see cref="WeeklyHours.In"/>; what is outside may be told, too.</summary>
    /// <param name="periods">They may overlap.</param>
    /// <param name="zoneId">IANA zone; an unknown one is read as UTC.</param>
    /// <param name="within">What is asked.</param>
    public TimeSet In(ImmutableArray<WeeklyPeriod> periods, string zoneId, Stretch within)
    {
        Key key = new(zoneId, periods);
        if (!_known.TryGetValue(key, out (Stretch Known, TimeSet Hours) kept)
            || kept.Known.Start > within.Start || kept.Known.End < within.End)
        {
            if (_known.Count >= Most)
            {
                _known.Clear();
            }

            Stretch known = new(within.Start - (7 * 86_400), Math.Max(within.End, within.Start + Margin));
            kept = (known, WeeklyHours.In(periods, DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZone.Utc, known));
            _known[key] = kept;
        }

        return kept.Hours.Overlapping(within);
    }

    private readonly record struct Key(string ZoneId, ImmutableArray<WeeklyPeriod> Periods)
    {
        public bool Equals(Key other) => ZoneId == other.ZoneId && Periods.AsSpan().SequenceEqual(other.Periods.AsSpan());

        public override int GetHashCode()
        {
            HashCode code = default;
            code.Add(ZoneId, StringComparer.Ordinal);
            foreach (WeeklyPeriod period in Periods)
            {
                code.Add(period);
            }

            return code.ToHashCode();
        }
    }
}

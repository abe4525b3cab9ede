using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>An <see cref="Instant"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("instant")]
public struct InstantSurrogate
{
    /// <summary>Ticks of 100 ns since 1970-01-01T00:00Z; what is finer is cut.</summary>
    [Id(0)]
    public long UnixTicks { get; set; }
}

/// <summary>Converts <see cref="Instant"/>.</summary>
[RegisterConverter]
public sealed class InstantConverter : IConverter<Instant, InstantSurrogate>
{
    /// <inheritdoc/>
    public Instant ConvertFromSurrogate(in InstantSurrogate surrogate) => Instant.FromUnixTimeTicks(surrogate.UnixTicks);

    /// <inheritdoc/>
    public InstantSurrogate ConvertToSurrogate(in Instant value) => new() { UnixTicks = value.ToUnixTimeTicks() };
}

/// <summary>A <see cref="CalendarTime"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("calendar-time")]
public struct CalendarTimeSurrogate
{
    /// <summary>Seconds of the wall time since 1970-01-01T00:00, read as if it were UTC.</summary>
    [Id(0)]
    public long LocalSeconds { get; set; }

    /// <summary>The kind's number.</summary>
    [Id(1)]
    public byte Kind { get; set; }

    /// <summary>IANA zone id; null unless zoned.</summary>
    [Id(2)]
    public string? ZoneId { get; set; }
}

/// <summary>Converts <see cref="CalendarTime"/>.</summary>
[RegisterConverter]
public sealed class CalendarTimeConverter : IConverter<CalendarTime, CalendarTimeSurrogate>
{
    /// <inheritdoc/>
    public CalendarTime ConvertFromSurrogate(in CalendarTimeSurrogate surrogate)
    {
        LocalDateTime local = Instant.FromUnixTimeSeconds(surrogate.LocalSeconds).InUtc().LocalDateTime;
        return (TimeKind)surrogate.Kind switch
        {
            TimeKind.Date => CalendarTime.OnDate(local.Date),
            TimeKind.Utc => CalendarTime.Utc(local),
            TimeKind.Zoned => CalendarTime.InZone(local, surrogate.ZoneId!),
            _ => CalendarTime.Floating(local),
        };
    }

    /// <inheritdoc/>
    public CalendarTimeSurrogate ConvertToSurrogate(in CalendarTime value) => new()
    {
        LocalSeconds = value.Local.InUtc().ToInstant().ToUnixTimeSeconds(),
        Kind = (byte)value.Kind,
        ZoneId = value.ZoneId,
    };
}

using System.Collections.Immutable;

namespace CalendarActors.Grains.Holds;

/// <summary>A hold, as stored: the row exists while it may be kept somewhere.</summary>
[GenerateSerializer, Immutable, Alias("hold-state")]
internal sealed record HoldState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary><c>app_…</c>.</summary>
    [Id(1)]
    public string ClientId { get; init; } = "";

    /// <summary>The application's own id.</summary>
    [Id(2)]
    public string HoldId { get; init; } = "";

    /// <summary>Whose time, as asked for.</summary>
    [Id(3)]
    public ImmutableArray<string> Subs { get; init; } = [];

    /// <summary>Whose time, in the order of taking.</summary>
    [Id(4)]
    public ImmutableArray<string> PersonIds { get; init; } = [];

    /// <summary>Inclusive; seconds since 1970-01-01T00:00:00Z.</summary>
    [Id(5)]
    public long Start { get; init; }

    /// <summary>Exclusive; likewise.</summary>
    [Id(6)]
    public long End { get; init; }

    /// <summary>Until when; likewise.</summary>
    [Id(7)]
    public long ExpiresAt { get; init; }

    /// <summary>False while it is being taken: then it may be kept of some, and is nobody's.</summary>
    [Id(8)]
    public bool IsTaken { get; init; }
}

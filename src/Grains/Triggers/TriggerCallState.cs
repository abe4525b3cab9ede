using CalendarActors.Domain.Secrets;
using NodaTime;

namespace CalendarActors.Grains.Triggers;

/// <summary>A call about an event that was not taken yet, as stored: the row exists only while it is owed.</summary>
[GenerateSerializer, Immutable, Alias("trigger-call-state")]
internal sealed record TriggerCallState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    [Id(1)]
    public string PersonId { get; init; } = "";

    [Id(2)]
    public string GrantId { get; init; } = "";

    [Id(3)]
    public string ClientId { get; init; } = "";

    /// <summary>The callback's URL; null where there is no call.</summary>
    [Id(4)]
    public SealedSecret? Address { get; init; }

    /// <summary>What is sent, with the person's data key.</summary>
    [Id(5)]
    public SealedSecret? Body { get; init; }

    [Id(6)]
    public Instant Created { get; init; }

    /// <summary>Calls made.</summary>
    [Id(7)]
    public int Attempts { get; init; }

    [Id(8)]
    public Instant? FirstAttempt { get; init; }

    /// <summary>No attempt before then; null for at once.</summary>
    [Id(9)]
    public Instant? NotBefore { get; init; }
}

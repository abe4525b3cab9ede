namespace CalendarActors.Simulators.Kit;

/// <summary>How a provider delivers notifications.</summary>
public sealed class NotificationPumpOptions
{
    /// <summary>The simulator's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What becomes of notifications.</summary>
    public required NotificationScript Script { get; init; }

    /// <summary>Sends without being asked as soon as something is due.</summary>
    public bool DeliversByItself { get; init; }

    /// <summary>How long a subscriber may take, by the machine's clock.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When to try again after an attempt; null is never. By default never.</summary>
    public Func<NotificationDelivery, TimeSpan?> RetryAfter { get; init; } = static _ => null;

    /// <summary>Sends the requests; null uses the network. For tests without a real subscriber.</summary>
    public HttpMessageHandler? Handler { get; init; }
}

namespace CalendarActors.Simulators.Kit;

/// <summary>One attempt to deliver a notification.</summary>
/// <param name="At">When, by the simulator's clock.</param>
/// <param name="Notification">What.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="IsForgery">Sent with a wrong secret.</param>
/// <param name="Status">The subscriber's answer; 0 when there was none.</param>
public sealed record NotificationDelivery(DateTimeOffset At, Notification Notification, int Attempt, bool IsForgery, int Status)
{
    /// <summary>The answer's body, up to 4 KiB; for handshakes.</summary>
    public string Answer { get; init; } = "";

    /// <summary>The answer's content type; null without one.</summary>
    public string? AnswerType { get; init; }
}

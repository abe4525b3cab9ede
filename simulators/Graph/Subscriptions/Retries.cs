using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Graph.Subscriptions;

/// <summary>When a notification that nobody took is sent again: ever more rarely, for about four hours.</summary>
internal static class Retries
{
    private const int Attempts = 11;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    public static TimeSpan? After(NotificationDelivery delivery) =>
        delivery.Status is >= 200 and < 300 || delivery.Attempt >= Attempts ? null : First * Math.Pow(2, delivery.Attempt - 1);
}

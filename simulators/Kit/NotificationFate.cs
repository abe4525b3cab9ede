namespace CalendarActors.Simulators.Kit;

/// <summary>What becomes of one notification.</summary>
/// <param name="Copies">How often it is sent; 0 when it is lost.</param>
/// <param name="Delay">How late it is sent.</param>
/// <param name="IsForged">A forgery is sent as well.</param>
/// <param name="HideChangeFor">How long the change stays unreadable after the notification.</param>
public sealed record NotificationFate(int Copies, TimeSpan Delay, bool IsForged, TimeSpan HideChangeFor)
{
    /// <summary>Once, at once.</summary>
    public static NotificationFate Plain { get; } = new(1, TimeSpan.Zero, false, TimeSpan.Zero);
}

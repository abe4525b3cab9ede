namespace CalendarActors.Gateway.Tests.Hosting;

/// <summary>The system's clock, moved forward by as much as a test says.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}

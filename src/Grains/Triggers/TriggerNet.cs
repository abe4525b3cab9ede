using NodaTime;

namespace CalendarActors.Grains.Triggers;

/// <summary>The durable net under the timer of an activation: a reminder that ticks from the next moment on, every minute.</summary>
/// <remarks>
/// A reminder skips ticks that it missed, so its period is how late a call may be after all silos were away. A tick that
/// comes too early is harmless, and sets it anew.
/// </remarks>
internal sealed class TriggerNet(IGrainBase grain, TimeProvider time)
{
    private const string Name = "due";

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    // Further ahead a reminder cannot be set; and once a day everything is looked at again.
    private static readonly Duration Longest = Duration.FromDays(1);

    private Instant? _from;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Makes sure of a tick at a moment, or soon after it, or a day from now.</summary>
    public async Task CoverAsync(Instant moment, CancellationToken cancellationToken)
    {
        Instant now = Now;
        Instant wanted = Instant.Min(moment, now + Longest);
        if (_from is { } from && from > now && from <= wanted)
        {
            return;
        }

        Duration wait = Duration.Max(wanted - now, Duration.Zero);
        await grain.RegisterOrUpdateReminder(Name, wait.ToTimeSpan(), Period, cancellationToken);
        _from = now + wait;
    }

    /// <summary>Nothing is left to wait for.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        _from = null;
        if (await grain.GetReminder(Name, cancellationToken) is { } reminder)
        {
            await grain.UnregisterReminder(reminder, cancellationToken);
        }
    }
}

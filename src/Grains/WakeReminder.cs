using CalendarActors.Grains.Sync;

namespace CalendarActors.Grains;

/// <summary>The reminder of a grain that looks after something: a net under its timer, found by whoever has its place next.</summary>
internal static class WakeReminder
{
    /// <summary>Its name.</summary>
    public const string Name = "wake";

    /// <summary>Ticks from now on, at a moment of each period that is the grain's own: neighbours are not woken together.</summary>
    public static Task BeWokenAsync(this IGrainBase grain, TimeSpan every, CancellationToken cancellationToken) =>
        grain.RegisterOrUpdateReminder(
            Name, every * (0.1 + (0.9 * Chance.Of(grain.GrainContext.GrainId.Key.ToString()!))), every, cancellationToken);

    /// <summary>Ticks no more.</summary>
    public static async Task SleepAsync(this IGrainBase grain, CancellationToken cancellationToken)
    {
        if (await grain.GetReminder(Name, cancellationToken) is { } reminder)
        {
            await grain.UnregisterReminder(reminder, cancellationToken);
        }
    }
}

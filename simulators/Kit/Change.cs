namespace CalendarActors.Simulators.Kit;

/// <summary>One version of one item.</summary>
/// <typeparam name="T">The item.</typeparam>
/// <param name="Sequence">Its place in the log, from 1.</param>
/// <param name="Id">The item's id.</param>
/// <param name="Value">The version; null when the item went away without a trace.</param>
/// <param name="At">When it was made.</param>
/// <param name="ReadableFrom">When readers see it, and with it everything before it.</param>
public sealed record Change<T>(long Sequence, string Id, T? Value, DateTimeOffset At, DateTimeOffset ReadableFrom)
    where T : class;

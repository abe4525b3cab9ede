using System.Globalization;

namespace CalendarActors.Bench;

/// <summary>What to run and how long.</summary>
/// <param name="Names">Benches, in order.</param>
/// <param name="PostgreSql">The product keeps its state in PostgreSQL; else in SQLite.</param>
/// <param name="Legs">Legs of each side, alternating; the median counts.</param>
/// <param name="Seconds">Length of a leg.</param>
/// <param name="WarmUp">Seconds before the first leg of each side.</param>
/// <param name="Connections">Concurrent connections of wrk.</param>
/// <param name="Calendars">How many calendars of 200 events are connected where that is the question.</param>
/// <param name="WakeMinutes">How often a watched calendar is woken where that is the question; 10 or more.</param>
/// <param name="Outside">Events of former years where that is the question.</param>
internal sealed record BenchOptions(
    IReadOnlyList<string> Names, bool PostgreSql, int Legs, int Seconds, int WarmUp, int Connections, int Calendars, int WakeMinutes, int Outside)
{
    public static BenchOptions Parse(string[] args)
    {
        List<string> names = [];
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Length)
            {
                settings[args[i][2..]] = args[++i];
            }
            else
            {
                names.Add(args[i]);
            }
        }

        int Number(string key, int fallback) =>
            settings.TryGetValue(key, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;

        return new BenchOptions(
            names,
            settings.GetValueOrDefault("storage", "sqlite") == "postgresql",
            Number("legs", 5),
            Number("seconds", 5),
            Number("warm-up", 2),
            Number("connections", 16),
            Number("calendars", 2_000),
            Number("wake-minutes", 120),
            Number("outside", 100_000));
    }
}

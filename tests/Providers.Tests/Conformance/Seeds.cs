using System.Globalization;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>
/// The seeds of a convergence property, in quarters that run apart. <c>CALENDARACTORS_TEST_SCALE</c> multiplies them,
/// <c>CALENDARACTORS_SEED</c> replays one.
/// </summary>
internal static class Seeds
{
    private const int Quarter = 50;

    /// <summary>Plays one quarter, 0 to 3.</summary>
    public static async Task RunAsync(int quarter, Func<int, Task> run)
    {
        if (Number("CALENDARACTORS_SEED") is { } one)
        {
            await run(one);
            return;
        }

        int count = Quarter * Math.Max(1, Number("CALENDARACTORS_TEST_SCALE") ?? 1);
        for (int seed = 1 + (quarter * count); seed <= (quarter + 1) * count; seed++)
        {
            await run(seed);
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : null;
}

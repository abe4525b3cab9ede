using System.Globalization;

namespace CalendarActors.EndToEnd.Tests.Faults;

/// <summary>How much happens in a run, by <c>CALENDARACTORS_TEST_SCALE</c>: 50 is 10,000 changes, 20 kills and 10 of the database.</summary>
/// <param name="Scale">1 when it is not set.</param>
internal sealed record FaultSizes(int Scale)
{
    /// <summary>Changes that people make, while all goes well and while it does not.</summary>
    public int Changes => 200 * Scale;

    /// <summary>How often the process is killed.</summary>
    public int Kills => Math.Max(2, Scale * 2 / 5);

    /// <summary>How often the database is.</summary>
    public int DatabaseKills => Math.Max(1, Scale / 5);

    public static FaultSizes Chosen => new(int.TryParse(
        Environment.GetEnvironmentVariable("CALENDARACTORS_TEST_SCALE"), CultureInfo.InvariantCulture, out int scale) ? Math.Max(1, scale) : 1);
}

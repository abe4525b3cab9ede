namespace CalendarActors.Bench;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">As printed.</param>
/// <param name="Leg">One leg; gives the figure.</param>
internal sealed record Side(string Name, Func<Task<double>> Leg);

/// <summary>A B A B …, so that a machine that gets slower or faster does so for both.</summary>
internal static class Alternating
{
    /// <returns>The median of each side, in their order.</returns>
    public static async Task<double[]> MediansAsync(int legs, params Side[] sides)
    {
        List<double>[] figures = [.. sides.Select(_ => new List<double>())];
        for (int leg = 0; leg < legs; leg++)
        {
            for (int side = 0; side < sides.Length; side++)
            {
                figures[side].Add(await sides[side].Leg());
            }
        }

        for (int side = 0; side < sides.Length; side++)
        {
            Report.Line($"  {sides[side].Name,-44} median {Median(figures[side]),12:N1}   legs {string.Join(" ", figures[side].Select(f => f.ToString("N0")))}");
        }

        return [.. figures.Select(Median)];
    }

    public static double Median(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}

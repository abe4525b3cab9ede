using System.Globalization;

namespace CalendarActors.Convergence.Tests;

/// <summary>Histories of one provider that share virtual time and nothing else.</summary>
/// <remarks>
/// <c>CALENDARACTORS_TEST_SCALE</c> multiplies them, <c>CALENDARACTORS_SEED</c> runs only the batch that has the seed.
/// </remarks>
/// <param name="cluster">Where.</param>
/// <param name="stage">The provider.</param>
/// <param name="number">Of the batch, from 0.</param>
/// <param name="histories">How many.</param>
internal sealed class HistoryBatch(SimulatedCluster cluster, Stage stage, int number, int histories)
{
    private const int Steps = 25;

    /// <summary>How much larger than usual, 1 or more.</summary>
    public static int Scale => Math.Max(1, Number("CALENDARACTORS_TEST_SCALE") ?? 1);

    /// <summary>No step takes longer.</summary>
    public required int LongestHours { get; init; }

    /// <summary>Switches on what goes wrong.</summary>
    public required Action Trouble { get; init; }

    /// <summary>Lets everything come to rest, once nothing goes wrong any more.</summary>
    public required Func<History[], Task> Settle { get; init; }

    /// <summary>Runs and compares them.</summary>
    public async Task RunAsync()
    {
        int size = histories * Scale;
        if (Number("CALENDARACTORS_SEED") is { } wanted && (wanted - 1) / size != number)
        {
            return;
        }

        cluster.Stage = stage;
        History[] all = [.. Enumerable.Range(1 + (number * size), size).Select(seed => new History(cluster, seed))];
        await Task.WhenAll(all.Select(h => h.BeginAsync()));
        Trouble();

        Random random = new(number);
        for (int step = 0; step < Steps; step++)
        {
            await Task.WhenAll(all.Select(h => h.StepAsync()));
            await PassAsync(random);
        }

        stage.Calm();
        await Settle(all);
        List<string> failures = [];
        foreach (History history in all)
        {
            try
            {
                await history.CompareAsync();
            }
            catch (Exception exception)
            {
                failures.Add($"seed {history.Seed}:\n{string.Join('\n', history.Script)}\n{exception.Message}");
            }
        }

        Task ended = Task.WhenAll(all.Select(h => h.EndAsync()));
        await cluster.PassAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10));
        await ended;
        Assert.True(failures.Count == 0, $"{failures.Count} of {size} differ.\n{failures.FirstOrDefault()}");
    }

    private Task PassAsync(Random random) => random.Next(8) switch
    {
        0 => cluster.PassAsync(TimeSpan.FromHours(random.Next(1, LongestHours)), TimeSpan.FromMinutes(10)),
        1 or 2 => cluster.PassAsync(TimeSpan.FromMinutes(random.Next(1, 30)), TimeSpan.FromMinutes(1)),
        _ => cluster.PassAsync(TimeSpan.FromSeconds(random.Next(1, 20)), TimeSpan.FromSeconds(2)),
    };

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : null;
}

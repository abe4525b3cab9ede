using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace CalendarActors.Bench.Peers;

/// <summary>npm graphile-worker on a database of the product's own PostgreSQL, posting signed bodies to the same sink.</summary>
/// <param name="connectionString">Of its database, as npm <c>pg</c> reads it.</param>
/// <param name="sink">Where it posts.</param>
internal sealed class QueuePeer(string connectionString, Uri sink)
{
    private static string Folder => Path.Combine(Repository.Root, "bench/queue-peer");

    /// <summary>Whether <c>bench/run</c> could install it.</summary>
    public static bool IsInstalled => Directory.Exists(Path.Combine(Folder, "node_modules"));

    /// <returns>Deliveries a second: from the first until PostgreSQL has every one as done.</returns>
    public async Task<double> LegAsync(int jobs, int bodyBytes)
    {
        ProcessStartInfo start = new("node") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (string argument in (string[])
            [
                Path.Combine(Folder, "worker.mjs"),
                connectionString,
                sink.AbsoluteUri,
                jobs.ToString(CultureInfo.InvariantCulture),
                bodyBytes.ToString(CultureInfo.InvariantCulture),
            ])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["NODE_ENV"] = "production";
        using Process process = Process.Start(start)!;
        string line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        JsonNode done = JsonNode.Parse(line) ?? throw new InvalidOperationException("graphile-worker said nothing.");
        return (int)done["jobs"]! / (double)done["seconds"]!;
    }
}

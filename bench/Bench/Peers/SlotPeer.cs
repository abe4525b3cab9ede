using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace CalendarActors.Bench.Peers;

/// <summary>The published functions of an existing scheduler (npm <c>@calcom/platform-libraries</c>): no HTTP, no database.</summary>
internal static class SlotPeer
{
    private const int Rounds = 10;

    private static string Folder => Path.Combine(Repository.Root, "bench/slot-peer");

    /// <summary>Whether <c>bench/run</c> could install it.</summary>
    public static bool IsInstalled => Directory.Exists(Path.Combine(Folder, "node_modules"));

    /// <summary>Half hours at every quarter, from 9 to 17 on each one's own wall.</summary>
    /// <returns>Milliseconds of processor time of an answer, and its starts.</returns>
    public static async Task<(double Milliseconds, string[] Starts)> AnswerAsync(
        IEnumerable<(string Sub, string Zone, IReadOnlyList<SeededEvent> Events)> people, DateTime from, DateTime to)
    {
        static long Milliseconds(DateTime moment) => new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)).ToUnixTimeMilliseconds();
        JsonObject question = new()
        {
            ["people"] = new JsonArray([.. people.Select(p => new JsonObject
            {
                ["zone"] = p.Zone,
                ["events"] = new JsonArray([.. p.Events.Select(e => new JsonArray(Milliseconds(e.Start), Milliseconds(e.End)))]),
            })]),
            ["from"] = Milliseconds(from),
            ["to"] = Milliseconds(to),
            ["minutes"] = 30,
            ["step"] = 15,
            ["rounds"] = Rounds,
        };
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, question.ToJsonString());
            ProcessStartInfo start = new("node") { UseShellExecute = false, RedirectStandardOutput = true };
            start.ArgumentList.Add(Path.Combine(Folder, "slots.mjs"));
            start.ArgumentList.Add(file);
            start.Environment["TZ"] = "Etc/UTC";
            using Process process = Process.Start(start)!;
            string answer = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            JsonNode done = JsonNode.Parse(answer) ?? throw new InvalidOperationException("The npm functions said nothing.");
            return ((double)done["milliseconds"]!, [.. done["starts"]!.AsArray().Select(s => ((string)s!).ToString(CultureInfo.InvariantCulture))]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

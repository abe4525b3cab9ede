using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CalendarActors.Bench;

/// <summary>What one run of wrk gave.</summary>
/// <param name="RequestsPerSecond">Answers a second.</param>
/// <param name="MedianMilliseconds">Half of the answers were faster.</param>
internal sealed record WrkResult(double RequestsPerSecond, double MedianMilliseconds);

/// <summary>The load generator, Debian's package wrk.</summary>
internal static partial class Wrk
{
    /// <summary>Loads one address.</summary>
    /// <exception cref="InvalidOperationException">An answer was not 2xx: then the figure would mean nothing.</exception>
    public static async Task<WrkResult> RunAsync(
        Uri url, int connections, int seconds, string? bearer = null, string? script = null)
    {
        List<string> arguments = ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency"];
        if (bearer is not null)
        {
            arguments.AddRange(["-H", $"Authorization: Bearer {bearer}"]);
        }

        if (script is not null)
        {
            arguments.AddRange(["-s", script]);
        }

        arguments.Add(url.AbsoluteUri);
        using Process process = Process.Start(new ProcessStartInfo("wrk", arguments) { UseShellExecute = false, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("wrk is missing: apt-get install wrk");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 || output.Contains("Non-2xx", StringComparison.Ordinal)
            || output.Contains("Socket errors", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{url} did not answer well:\n{output}");
        }

        return new WrkResult(
            double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            Milliseconds(Median().Match(output)));
    }

    private static double Milliseconds(Match match) =>
        double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch
        {
            "us" => 0.001,
            "ms" => 1,
            _ => 1000,
        };

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)", RegexOptions.None, 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"50%\s+([\d.]+)(us|ms|s)", RegexOptions.None, 1000)]
    private static partial Regex Median();
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace CalendarActors.Simulators.Tests.Google;

/// <summary>Runs the script that drives the simulator with Google's own client.</summary>
internal static class NodeWitness
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Everything that the script printed, after its good end. Installs its packages where they are not.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        string folder = Path.Combine(Folder(), "witness");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@googleapis", "calendar")))
        {
            await RunAsync(folder, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        }

        return await RunAsync(folder, "node", ["witness.mjs", .. arguments]);
    }

    private static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        string printed = await output + await errors;
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}:\n{printed}");
        return printed;
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

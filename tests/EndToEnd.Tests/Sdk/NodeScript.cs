using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Sdk;

/// <summary>One of the samples, running against a node.</summary>
internal sealed class NodeScript : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly string _name;
    private readonly StringBuilder _output = new();

    private NodeScript(Process process, string name)
    {
        _process = process;
        _name = name;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    private string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it; installs the samples' packages where they are not.</summary>
    public static async Task<NodeScript> StartAsync(string script, RunningNode node)
    {
        string samples = Path.Combine(Root(), "samples", "node-tour");
        if (!Directory.Exists(Path.Combine(samples, "node_modules", "standardwebhooks")))
        {
            await using NodeScript install = Run(samples, node, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            await install.EndAsync();
        }

        return Run(samples, node, "node", script);
    }

    /// <summary>The first group of the first match in what it prints, as soon as there is one.</summary>
    public async Task<string> LineAsync(Regex wanted)
    {
        await Eventually.HoldsAsync(() => Task.FromResult(wanted.IsMatch(Output) || _process.HasExited));
        Match match = wanted.Match(Output);
        Assert.True(match.Success, $"{_name} printed something else:\n{Output}");
        return match.Groups[1].Value.Trim();
    }

    /// <summary>Waits for its good end and gives everything that it printed.</summary>
    public async Task<string> EndAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{_name} did not end:\n{Output}");
        }

        Assert.True(_process.ExitCode == 0, $"{_name} ended with {_process.ExitCode}:\n{Output}");
        return Output;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static NodeScript Run(string folder, RunningNode node, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CALENDARACTORS_URL"] = node.Address.ToString();
        start.Environment["CALENDARACTORS_OPERATOR_KEY"] = RunningNode.OperatorKey;
        Process process = new() { StartInfo = start };
        NodeScript script = new(process, $"{program} {string.Join(' ', arguments)}");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return script;
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }

    /// <summary>Of the project's tree.</summary>
    public static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CalendarActors.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Tests run inside the project's tree.");
    }
}

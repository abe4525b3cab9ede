using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.TestKit.Nodes;

/// <summary>One of our programs, built as the tests are, as a process of its own on loopback: ready when it is given.</summary>
public sealed class RunningNode : IAsyncDisposable
{
    /// <summary>The operator key of every node that tests start.</summary>
    public const string OperatorKey = "test-operator-key-0123456789";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(3);

    private const string SiloPortVariable = "CalendarActors__Cluster__SiloPort";

    private readonly Process _process;
    private readonly List<string> _output = [];

    private RunningNode(Process process, Uri address)
    {
        _process = process;
        Address = address;
        SiloPort = int.Parse(process.StartInfo.Environment[SiloPortVariable]!, CultureInfo.InvariantCulture);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: true) { BaseAddress = address };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Where other silos find it, if it is one.</summary>
    public int SiloPort { get; }

    /// <summary>Calls it; follows no redirects.</summary>
    public HttpClient Http { get; }

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts a program and waits until <c>/health/ready</c> says so.</summary>
    /// <param name="program"><c>Standalone</c>, <c>Silo</c> or <c>Gateway</c>.</param>
    /// <param name="dataDirectory">Its data; the same folder again is a restart.</param>
    /// <param name="settings">Further settings by configuration key (<c>CalendarActors:…</c>), over the defaults for tests.</param>
    /// <param name="arguments">Its command line.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; with its output.</exception>
    public static Task<RunningNode> StartAsync(
        string program, string dataDirectory, IReadOnlyDictionary<string, string>? settings = null, params string[] arguments) =>
        StartAtAsync(new Uri($"http://127.0.0.1:{FreePort()}"), program, dataDirectory, settings, arguments);

    /// <summary>The same at an address: that of a node that ended, for those who know it.</summary>
    public static async Task<RunningNode> StartAtAsync(
        Uri address, string program, string dataDirectory, IReadOnlyDictionary<string, string>? settings = null, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(dataDirectory);
        Process process = Process.Start(StartOf(address, program, dataDirectory, settings, arguments))!;
        RunningNode node = new(process, address);
        process.OutputDataReceived += (_, line) => node.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => node.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await node.BecomeReadyAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of a program, which ends by itself.</summary>
    /// <returns>Its exit code and all that it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(
        string program, string dataDirectory, IReadOnlyDictionary<string, string>? settings = null, params string[] arguments)
    {
        using Process process = Process.Start(StartOf(new Uri($"http://127.0.0.1:{FreePort()}"), program, dataDirectory, settings, arguments))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + errors);
    }

    /// <summary>Calls the operator API.</summary>
    public Task<HttpResponseMessage> OperateAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        HttpRequestMessage request = new(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OperatorKey);
        return Http.SendAsync(request);
    }

    /// <summary><c>kill -9</c>: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: it stands still with all that it has open, like a machine that swaps or a paused virtual one.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>True once it ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort() => LoopbackPort.Free();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static ProcessStartInfo StartOf(
        Uri address, string program, string dataDirectory, IReadOnlyDictionary<string, string>? settings, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Built(program), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory.CreateDirectory(dataDirectory).FullName,
        };
        foreach (string inherited in start.Environment.Keys.Where(key => key.StartsWith("CalendarActors__", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["ASPNETCORE_URLS"] = address.ToString().TrimEnd('/');
        foreach ((string key, string value) in Defaults(address, dataDirectory).Concat(settings ?? new Dictionary<string, string>()))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return start;
    }

    private static Dictionary<string, string> Defaults(Uri address, string dataDirectory) => new(StringComparer.Ordinal)
    {
        ["CalendarActors:PublicUrl"] = address.ToString().TrimEnd('/'),
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["CalendarActors:DataDirectory"] = dataDirectory,
        ["CalendarActors:Operator:Key"] = OperatorKey,
        ["CalendarActors:Outbound:AllowPrivateNetworks"] = "true",
        ["CalendarActors:Cluster:SiloPort"] = $"{FreePort()}",
        ["CalendarActors:Cluster:GatewayPort"] = $"{FreePort()}",
    };

    // Beside the sources, in the configuration (Debug or Release) that these tests were built in.
    private static string Built(string program)
    {
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        DirectoryInfo? root = framework;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CalendarActors.sln")))
        {
            root = root.Parent;
        }

        string path = Path.Combine(
            root?.FullName ?? throw new InvalidOperationException("Tests run inside the project's tree."),
            "src", program, "bin", framework.Parent!.Name, framework.Name, $"CalendarActors.{program}.dll");
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is not built.");
    }

    private async Task BecomeReadyAsync()
    {
        using CancellationTokenSource deadline = new(StartDeadline);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        try
        {
            while (!_process.HasExited && await timer.WaitForNextTickAsync(deadline.Token))
            {
                if (await IsReadyAsync(deadline.Token))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Said below, with what it printed.
        }

        if (_process.HasExited)
        {
            // Its last words may still be on their way.
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        throw new InvalidOperationException($"{Address} did not become ready:\n{Output}");
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await Http.GetAsync("/health/ready", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.Add(line);
            }
        }
    }
}

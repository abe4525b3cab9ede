using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Standalone;

/// <summary>The node in one process as an operator meets it: first start, restart, kill, a second one by mistake.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class StandaloneProcessTests : IDisposable
{
    private static readonly Dictionary<string, string> NoOperatorKey = new(StringComparer.Ordinal)
    {
        ["CalendarActors:Operator:Key"] = "",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("calendaractors-standalone").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Standalone_WhenStartedInAnEmptyFolder_MakesKeysForThisUserOnlyAndSaysWhere()
    {
        await using RunningNode node = await RunningNode.StartAsync("Standalone", _folder, NoOperatorKey);

        foreach (string name in new[] { "master.key", "id.key", "operator.key" })
        {
            string path = Path.Combine(_folder, name);
            Assert.Equal(32, Convert.FromBase64String(await File.ReadAllTextAsync(path)).Length);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Contains(path, node.Output, StringComparison.Ordinal);
            Assert.DoesNotContain((await File.ReadAllTextAsync(path)).Trim(), node.Output, StringComparison.Ordinal);
        }

        Assert.Contains("KEYS WERE GENERATED", node.Output, StringComparison.Ordinal);
    }

    /// <summary>The README's command as it stands: the web SDK would run the project in its own folder.</summary>
    [Fact]
    public async Task Standalone_WhenStartedByDotnetRun_KeepsItsDataWhereItWasCalled()
    {
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        DirectoryInfo root = framework;
        while (!File.Exists(Path.Combine(root.FullName, "CalendarActors.sln")))
        {
            root = root.Parent!;
        }

        ProcessStartInfo start = new(
            "dotnet",
            ["run", "--no-build", "-c", framework.Parent!.Name, "--project", Path.Combine(root.FullName, "src", "Standalone")])
        {
            UseShellExecute = false,
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{RunningNode.FreePort()}";
        start.Environment["CalendarActors__Cluster__SiloPort"] = $"{RunningNode.FreePort()}";
        start.Environment["CalendarActors__Cluster__GatewayPort"] = $"{RunningNode.FreePort()}";
        using Process run = Process.Start(start)!;
        try
        {
            await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(Path.Combine(_folder, "data", "operator.key"))));
        }
        finally
        {
            run.Kill(entireProcessTree: true);
            await run.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Standalone_WhenKilledAfterAnAnswer_StillHasWhatItAnswered()
    {
        await using (RunningNode killed = await RunningNode.StartAsync("Standalone", _folder))
        {
            using HttpResponseMessage made = await killed.OperateAsync(
                HttpMethod.Post,
                "/operator/applications",
                JsonContent.Create(new { name = "Kept", redirect_uris = new[] { "https://app.example/callback" } }));
            Assert.True(made.IsSuccessStatusCode);
            await killed.KillAsync();
        }

        await using RunningNode again = await RunningNode.StartAsync("Standalone", _folder);
        using HttpResponseMessage listed = await again.OperateAsync(HttpMethod.Get, "/operator/applications");

        Assert.Contains("\"Kept\"", await listed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("KEYS WERE GENERATED", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standalone_WhenToldToStop_EndsCleanly()
    {
        await using RunningNode node = await RunningNode.StartAsync("Standalone", _folder);

        Assert.Equal(0, await node.StopAsync());
        Assert.DoesNotContain("fail:", node.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standalone_WhenAnotherProcessHasTheFolder_RefusesInPlainWords()
    {
        await using RunningNode node = await RunningNode.StartAsync("Standalone", _folder);

        string refusal = await RefusalAsync("Standalone", _folder);

        Assert.Contains("another CalendarActors process uses it", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standalone_WhenItsAddressIsTaken_NamesTheSettingThatChoosesAnother()
    {
        await using RunningNode node = await RunningNode.StartAsync("Standalone", _folder);

        string refusal = await RefusalAsync("Standalone", Path.Combine(_folder, "second"), new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = node.Address.ToString().TrimEnd('/'),
        });

        Assert.Contains("CalendarActors does not start:", refusal, StringComparison.Ordinal);
        Assert.Contains("choose another address with --urls or ASPNETCORE_URLS", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SiloPort")]
    [InlineData("GatewayPort")]
    public async Task Standalone_WhenAPortOfItsClusterIsTaken_NamesTheSettingThatChoosesAnother(string setting)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        string refusal = await RefusalAsync("Standalone", _folder, new Dictionary<string, string>
        {
            [$"CalendarActors:Cluster:{setting}"] = $"{((IPEndPoint)other.LocalEndpoint).Port}",
        });

        Assert.Contains($"set CalendarActors__Cluster__{setting} to another port", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_WhenStorageAndOtherSettingsAreWrong_NamesThemAll()
    {
        string refusal = await RefusalAsync("Silo", _folder, new Dictionary<string, string>
        {
            ["CalendarActors:Storage:Provider"] = "PostgreSql",
            ["CalendarActors:Storage:ConnectionString"] = "",
            ["CalendarActors:Sync:PollInterval"] = "-00:00:01",
        });

        Assert.Contains("CalendarActors__Storage__ConnectionString", refusal, StringComparison.Ordinal);
        Assert.Contains("PollInterval", refusal, StringComparison.Ordinal);
        Assert.Contains("CalendarActors__Secrets__MasterKeys__0", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standalone_WhenItsMasterKeyIsGone_RefusesInsteadOfMakingAnother()
    {
        await using (await RunningNode.StartAsync("Standalone", _folder))
        {
        }

        File.Delete(Path.Combine(_folder, "master.key"));

        Assert.Contains("Restore the key from your backup", await RefusalAsync("Standalone", _folder), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "master.key")));
    }

    [Fact]
    public async Task Silo_WhenStartedWithoutACluster_RefusesAndNamesEveryRemedy()
    {
        string refusal = await RefusalAsync(
            "Silo", _folder, new Dictionary<string, string> { ["CalendarActors:PublicUrl"] = "" });

        Assert.Contains("CalendarActors__Cluster__Mode to AdoNet", refusal, StringComparison.Ordinal);
        Assert.Contains("CalendarActors__Secrets__MasterKeys__0", refusal, StringComparison.Ordinal);
        Assert.Contains("CalendarActors__Secrets__IdKey", refusal, StringComparison.Ordinal);
        Assert.Contains("CalendarActors__PublicUrl", refusal, StringComparison.Ordinal);
    }

    private static async Task<string> RefusalAsync(
        string program, string folder, IReadOnlyDictionary<string, string>? settings = null)
        => (await Assert.ThrowsAsync<InvalidOperationException>(() => RunningNode.StartAsync(program, folder, settings))).Message;
}

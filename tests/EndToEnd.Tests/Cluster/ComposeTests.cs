using System.Diagnostics;
using CalendarActors.TestKit.Machine;

namespace CalendarActors.EndToEnd.Tests.Cluster;

/// <summary>What can be said of the files of a deployment without Docker: that the programs that read them take them.</summary>
public sealed class ComposeTests
{
    private static readonly string[] Always = ["gateway-1", "gateway-2", "postgres", "proxy", "silo-1", "silo-2"];

    // A placeholder is enough: the file is only read.
    private static readonly string[] Variables =
        ["CALENDARACTORS_MASTER_KEY", "CALENDARACTORS_ID_KEY", "CALENDARACTORS_OPERATOR_KEY", "POSTGRES_PASSWORD"];

    [TheoryNeeding("docker-compose")]
    [InlineData("", false)]
    [InlineData("sandbox", true)]
    public async Task ComposeFile_WhenRead_IsValidAndHasTheServices(string profile, bool usesSimulators)
    {
        (int exitCode, string config, string errors) = await RunAsync("docker-compose", profile, Variables, "config");
        (int listed, string services, _) = await RunAsync("docker-compose", profile, Variables, "config", "--services");

        Assert.True(exitCode == 0, errors);
        Assert.Equal(0, listed);
        Assert.Equal(
            Always,
            services.Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(["sandbox"]).Order(StringComparer.Ordinal));
        Assert.Equal(usesSimulators, config.Contains("CalendarActors__Pages__IsSandbox", StringComparison.Ordinal));
    }

    [FactNeeding("docker-compose")]
    public async Task ComposeFile_WithoutAKey_IsRefused() =>
        Assert.NotEqual(0, (await RunAsync("docker-compose", "", Variables[..^1], "config")).ExitCode);

    [FactNeeding("haproxy")]
    public async Task ProxyOfTheComposeFile_WhenChecked_IsValid()
    {
        (int exitCode, string output, string errors) = await RunAsync(
            "haproxy", "", [], "-c", "-f", "deploy/proxy/haproxy.cfg", "-f", "deploy/proxy/compose.cfg");

        Assert.True(exitCode == 0, output + errors);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string program, string profile, string[] variables, params string[] arguments)
    {
        DirectoryInfo root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "CalendarActors.sln")))
        {
            root = root.Parent!;
        }

        ProcessStartInfo start = new(Installed.Find(program)!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = root.FullName,
        };
        start.Environment["PROXY_LISTENS"] = ":8080";
        start.Environment["COMPOSE_PROFILES"] = profile;
        foreach (string variable in Variables)
        {
            start.Environment.Remove(variable);
        }

        foreach (string variable in variables)
        {
            start.Environment[variable] = "placeholder";
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, errors);
    }
}

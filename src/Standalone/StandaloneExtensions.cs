using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Hosting;

namespace CalendarActors.Standalone;

/// <summary>What a node in one process decides for its operator.</summary>
internal static class StandaloneExtensions
{
    private const string OperatorKey = "CalendarActors:Operator:Key";

    /// <summary>The URLs, the data directory and the keys, each unless it is configured.</summary>
    public static WebApplicationBuilder UseStandaloneDefaults(this WebApplicationBuilder builder)
    {
        builder.Configuration.AddDefaults(("urls", "http://127.0.0.1:5080"));
        builder.Configuration.AddDefaults(("CalendarActors:PublicUrl", PublicUrl(builder.Configuration["urls"]!)));
        DataDirectoryClaim directory = DataDirectoryClaim.Take(
            builder.Configuration.ReadOptions<DataDirectoryOptions>(DataDirectoryOptions.Section));
        var keys = new GeneratedKeys(directory);
        builder.UseGeneratedKeys(keys);
        builder.Services.AddSingleton(_ => directory);
        builder.Services.AddSingleton(keys);
        builder.Services.AddHostedService<FirstStartNote>();
        return builder;
    }

    /// <summary>The simulated providers, when the arguments ask for them.</summary>
    public static async Task UseSandboxAsync(this WebApplicationBuilder builder, string[] args)
    {
        Sandbox sandbox = await Sandbox.StartAsync(args);

        // Made by a factory, so that it ends with the container.
        builder.Services.AddSingleton(_ => sandbox);
        builder.Configuration.AddInMemoryCollection(sandbox.Settings());
    }

    /// <summary>The first listening URL, as a browser on this machine would write it.</summary>
    internal static string PublicUrl(string urls)
    {
        string first = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0];
        return first
            .Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .Replace("//[::]", "//localhost", StringComparison.Ordinal);
    }

    private static void UseGeneratedKeys(this WebApplicationBuilder builder, GeneratedKeys keys)
    {
        var generated = new Dictionary<string, string?>(StringComparer.Ordinal);
        SecretsOptions secrets = builder.Configuration.ReadOptions<SecretsOptions>(SecretsOptions.Section);
        if (secrets.MasterKeys.Count == 0)
        {
            generated[$"{SecretsOptions.Section}:MasterKeys:0"] = keys.ReadOrMake(KeyFiles.Master, "keys.db");
        }

        if (secrets.IdKey.Length == 0)
        {
            generated[$"{SecretsOptions.Section}:IdKey"] = keys.ReadOrMake(KeyFiles.Id, "keys.db");
        }

        if (string.IsNullOrEmpty(builder.Configuration[OperatorKey]))
        {
            generated[OperatorKey] = keys.ReadOrMake(KeyFiles.Operator);
        }

        // Over every other source: a setting that is there and empty counts as missing.
        builder.Configuration.AddInMemoryCollection(generated);
    }
}

using System.Collections.Concurrent;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Gateway.Sync;
using CalendarActors.Grains.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Orleans.TestingHost;

namespace CalendarActors.Convergence.Tests;

/// <summary>
/// The whole of it on virtual time: the grains, the adapters, providers that are simulated over HTTP, and the gateway's
/// own doors for their notifications. Only what stores the grains is in memory, so that it can end like a process.
/// </summary>
public sealed class SimulatedCluster : IAsyncLifetime
{
    /// <summary>What readers see of the past: virtual time passes by weeks, and the histories' March must stay in view.</summary>
    public const int WindowDaysBack = 366;

    private readonly ConcurrentDictionary<string, Func<bool, bool>> _doomed = new(StringComparer.Ordinal);
    private readonly Workload _workload = new(isAlone: true);
    private InProcessTestCluster _cluster = null!;
    private WebApplication _hooks = null!;

    public VirtualTime Time { get; } = new(new DateTimeOffset(2027, 2, 1, 12, 0, 0, TimeSpan.Zero));

    public StoredRows Rows { get; } = new();

    public TestVault Vault { get; } = new();

    public DerivedKeys Keys { get; } = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    /// <summary>The provider that everybody is at.</summary>
    public Stage Stage { get; set; } = null!;

    public IGrainFactory Grains => _cluster.Client;

    public Instant Now => Instant.FromDateTimeOffset(Time.GetUtcNow());

    public async Task InitializeAsync()
    {
        int port = RunningNode.FreePort();
        Rows.FailBefore = write => _doomed.TryGetValue(write.Key, out Func<bool, bool>? isDead) && isDead(false);
        Rows.FailAfter = write => _doomed.TryGetValue(write.Key, out Func<bool, bool>? isDead) && isDead(true);
        InProcessTestClusterBuilder builder = new(1);
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.None));
        Dictionary<string, string?> settings = new(StringComparer.Ordinal)
        {
            ["CalendarActors:PublicUrl"] = $"http://127.0.0.1:{port}",
            [$"{SyncOptions.Section}:WindowDaysBack"] = $"{WindowDaysBack}",
        };
        builder.ConfigureSilo((_, silo) => silo
            .AddOutgoingGrainCallFilter(new TestListeners())
            .UseVirtual(Time, Rows, Vault, Keys, new TestDirectory(), new StageCatalog(this), settings));
        _cluster = builder.Build();
        await _cluster.DeployAsync();

        WebApplicationBuilder gateway = WebApplication.CreateSlimBuilder();
        gateway.Logging.ClearProviders();
        gateway.WebHost.UseUrls($"http://127.0.0.1:{port}");
        gateway.Services.AddSingleton(_cluster.Client);
        gateway.Services.AddSingleton<IGrainFactory>(_cluster.Client);
        gateway.Services.AddSingleton(Keys);
        gateway.Services.AddSingleton<BearerTokens>();
        _hooks = gateway.Build();
        _hooks.MapHookEndpoints();
        await _hooks.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _hooks.DisposeAsync();
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        _workload.Dispose();
    }

    /// <summary>How calendars are kept equal; changes count from the next look at it.</summary>
    public SyncOptions Sync => _cluster.Silos[0].ServiceProvider.GetRequiredService<IOptions<SyncOptions>>().Value;

    /// <summary>Ends an activation, as an orderly silo does.</summary>
    public Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain);

    /// <summary>From now on a grain's rows are asked about: see <see cref="StoredRows.FailBefore"/> and its sibling.</summary>
    /// <param name="key">The grain's.</param>
    /// <param name="isDead">Told whether the write has taken effect; true loses it, or the word about it.</param>
    public void Doom(string key, Func<bool, bool> isDead) => _doomed[key] = isDead;

    /// <summary>A grain's rows can be written again.</summary>
    public void Spare(string key) => _doomed.TryRemove(key, out _);

    /// <summary>Lets time pass, and what is due in each step be done.</summary>
    public async Task PassAsync(TimeSpan duration, TimeSpan step)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < duration; passed += step)
        {
            Time.Advance(step);
            await LetWorkRunAsync();
        }
    }

    /// <summary>Delivers what is due and waits until neither the provider nor we have anything to do.</summary>
    /// <param name="quietPolls">How often in a row that must have been so.</param>
    /// <remarks>Nothing is judged by it: what is not done in this step is done in a later one.</remarks>
    public async Task LetWorkRunAsync(int quietPolls = 4)
    {
        await Stage.DeliverAsync();
        await _workload.RestAsync(() => Stage.InFlight == 0, quietPolls);
    }

    private sealed class StageCatalog(SimulatedCluster cluster) : IProviderCatalog
    {
        public ICalendarProvider? Find(string providerName) =>
            providerName == cluster.Stage.ProviderName ? cluster.Stage.Provider : null;
    }
}

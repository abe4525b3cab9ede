using System.Collections.Immutable;
using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Sync;
using CalendarActors.TestKit.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans.TestingHost;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>Two silos on virtual time with storage and a provider that fail on demand. One for the whole assembly.</summary>
/// <remarks>Tests use keys of their own and leave no fault switched on.</remarks>
public sealed class CalendarCluster : IAsyncLifetime
{
    /// <summary>When virtual time starts: a Sunday noon in winter.</summary>
    public static readonly DateTimeOffset Start = new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly Workload Work = new(isAlone: false);

    private InProcessTestCluster _cluster = null!;

    public VirtualTime Time { get; } = new(Start);

    public StoredRows Rows { get; } = new();

    public TestVault Vault { get; } = new();

    public DerivedKeys Keys { get; } = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    public InMemoryCalendarProvider Provider { get; }

    public TestDirectory Listed { get; } = new();

    /// <summary>The applications that channels call.</summary>
    public TestSink Sink { get; } = new();

    /// <summary>Who is woken because a person's feed has something.</summary>
    public TestListeners Listeners { get; } = new();

    /// <summary>Issues tokens; its watches are replaced, as Google's are.</summary>
    public InMemoryCalendarProvider Pushed { get; }

    /// <summary>Issues tokens; its watches are prolonged, as Graph's are.</summary>
    public InMemoryCalendarProvider Subscribed { get; }

    public CalendarCluster()
    {
        (InMemoryLogin pushed, InMemoryLogin subscribed) = (new(Time), new(Time));
        Provider = new InMemoryCalendarProvider(Time);
        Pushed = new InMemoryCalendarProvider(Time, ProviderNames.Google)
        {
            Tokens = pushed,
            Watching = new InMemoryWatches(Time, pushed, areRenewedInPlace: false, Duration.FromDays(7)),
        };
        Subscribed = new InMemoryCalendarProvider(Time, ProviderNames.Office365)
        {
            Tokens = subscribed,
            Watching = new InMemoryWatches(Time, subscribed, areRenewedInPlace: true, Duration.FromMinutes(4000)),
        };
    }

    public IGrainFactory Grains => _cluster.Client;

    public InProcessTestCluster Silos => _cluster;

    /// <summary>Empties the silos' read caches.</summary>
    public void DropReadCaches()
    {
        foreach (InProcessSiloHandle silo in _cluster.Silos)
        {
            silo.ServiceProvider.GetRequiredService<ReadCache>().Clear();
        }
    }

    public async Task InitializeAsync()
    {
        InProcessTestClusterBuilder builder = new(2);
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.None));
        builder.ConfigureClient(client => client.AddActivityPropagation());
        builder.ConfigureSilo((_, silo) => silo
            .AddActivityPropagation()
            .ConfigureServices(services => services.AddSingleton<ICallbackSender>(Sink))
            .AddOutgoingGrainCallFilter(Listeners)
            .UseVirtual(Time, Rows, Vault, Keys, Listed, new TestCatalog(Provider, Pushed, Subscribed), Settings));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    /// <summary>Steps virtual time until something is so.</summary>
    /// <param name="isSo">Asked before each step.</param>
    /// <param name="what">What did not come true, for the failure.</param>
    /// <param name="within">Virtual time allowed.</param>
    /// <param name="step">Virtual time of a step; a second when null.</param>
    public async Task UntilAsync(
        Func<Task<bool>> isSo, string what, TimeSpan? within = null, TimeSpan? step = null)
    {
        DateTimeOffset end = Time.GetUtcNow() + (within ?? TimeSpan.FromMinutes(10));
        long? ended = null;
        while (true)
        {
            // Work that is due now runs in real time: let it, before time moves on.
            for (int i = 0; i < 5; i++)
            {
                if (await isSo())
                {
                    return;
                }

                await LetWorkRunAsync();
            }

            if (Time.GetUtcNow() < end)
            {
                Time.Advance(step ?? TimeSpan.FromSeconds(1));
                continue;
            }

            // Nothing more falls due, but what did may have to wait for a thread on a busy machine.
            ended ??= TimeProvider.System.GetTimestamp();
            Assert.True(TimeProvider.System.GetElapsedTime(ended.Value) < Grace, $"It never happened: {what}.");
        }
    }

    /// <summary>Lets virtual time pass in small steps.</summary>
    public async Task PassAsync(TimeSpan duration, TimeSpan? step = null)
    {
        TimeSpan each = step ?? TimeSpan.FromSeconds(5);
        for (TimeSpan passed = TimeSpan.Zero; passed < duration; passed += each)
        {
            Time.Advance(each);
            await LetWorkRunAsync();
        }
    }

    /// <summary>Waits until the silos' threads have done what is due at this virtual moment, however busy the machine is.</summary>
    /// <remarks>Nothing is judged by it: conditions are asked again, and time only moves by steps.</remarks>
    public static Task LetWorkRunAsync() => Work.RestAsync(() => true, quietPolls: 2);

    /// <summary>Tests put their events into February 2026, and virtual time passes by weeks: what is past stays in view.</summary>
    public const int WindowDaysBack = 366;

    /// <summary>Files that an application may have here.</summary>
    public const int AttachmentsPerApplication = 5;

    private static ImmutableDictionary<string, string?> Settings => ImmutableDictionary<string, string?>.Empty
        .Add("CalendarActors:PublicUrl", "https://calendars.test")
        .Add("CalendarActors:Attachments:PerApplication", $"{AttachmentsPerApplication}")
        .Add($"{SyncOptions.Section}:WindowDaysBack", $"{WindowDaysBack}")
        .Add($"{SyncOptions.Section}:PollInterval", "00:01:00")
        .Add($"{SyncOptions.Section}:ReconcileInterval", "00:30:00");

    private sealed class TestCatalog(params InMemoryCalendarProvider[] remotes) : IProviderCatalog
    {
        private readonly ICalendarProvider _native = new TestNative();

        public ICalendarProvider? Find(string providerName) => providerName == ProviderNames.Native
            ? _native
            : remotes.FirstOrDefault(r => r.Names.Contains(providerName, StringComparer.Ordinal));
    }
}

/// <summary>Shares the cluster.</summary>
[CollectionDefinition(Name)]
public sealed class SharedCluster : ICollectionFixture<CalendarCluster>
{
    public const string Name = "cluster";
}

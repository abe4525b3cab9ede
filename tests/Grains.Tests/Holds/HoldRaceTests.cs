using System.Collections.Immutable;
using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Holds;
using CalendarActors.Grains.Tests.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans.TestingHost;
using Xunit.Abstractions;

namespace CalendarActors.Grains.Tests.Holds;

/// <summary>
/// Many want the same time of the same people at once, over three silos, one of which is killed meanwhile: exactly one has it.
/// </summary>
/// <remarks>
/// A taker that gets no answer asks again with the same id, as one that was answered 503 does. Rounds:
/// <c>CALENDARACTORS_TEST_SCALE</c> × 20.
/// </remarks>
public sealed class HoldRaceTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Takers = 1_000;
    private const int People = 3;
    private const string Client = "app_race";

    private static readonly int Rounds = 20 *
        (int.TryParse(Environment.GetEnvironmentVariable("CALENDARACTORS_TEST_SCALE"), out int scale) ? Math.Max(1, scale) : 1);

    private readonly StoredRows _rows = new();
    private readonly TestVault _vault = new();
    private readonly DerivedKeys _keys = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private readonly VirtualTime _time = new(CalendarCluster.Start);
    private InProcessTestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        InProcessTestClusterBuilder builder = new(3);
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.None));
        builder.ConfigureSilo((_, silo) => silo
            .ConfigureServices(services => services.AddSingleton<ICallbackSender>(new TestSink()))
            .UseVirtual(_time, _rows, _vault, _keys, new TestDirectory(), new NativeOnly(), ImmutableDictionary<string, string?>.Empty
                .Add("CalendarActors:PublicUrl", "https://calendars.test")));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Take_WhenAThousandWantTheSameAndASiloDies_OneHasIt()
    {
        string[] subs = await Task.WhenAll(Enumerable.Range(0, People).Select(PersonAsync));
        long start = Instant.FromDateTimeOffset(_time.GetUtcNow()).ToUnixTimeSeconds() + 86_400;
        int repeated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            TakeHold asked = new(
                Client, "", [.. subs.Select(s => new HoldMember(s, default))], start + (3_600 * round), start + (3_600 * (round + 1)), 900);
            Task<HoldAnswer>[] taking = [.. Enumerable.Range(0, Takers).Select(n => TakeAsync(asked with { HoldId = $"{round}-{n}" }))];
            if (round % 5 == 2)
            {
                InProcessSiloHandle victim = _cluster.Silos[1 + (round / 5 % 2)];
                await _cluster.KillSiloAsync(victim);
                await _cluster.StartAdditionalSiloAsync();
            }

            HoldAnswer[] answers = await Task.WhenAll(taking);

            HoldView winner = Assert.Single(answers.Select(a => a.Hold).OfType<HoldView>());
            Assert.Equal(Takers - 1, answers.Count(a => a.NotFree == subs[0] || subs.Contains(a.NotFree)));
            Assert.NotNull(await AskAsync(() => Worker.Hold(Client, winner.HoldId, default)));
        }

        output.WriteLine($"{Rounds} rounds of {Takers}, {repeated} asked again.");

        Task<HoldAnswer> TakeAsync(TakeHold request) => AskAsync(() => Worker.TakeHold(request, default));

        // What the gateway answers with 503.
        async Task<T> AskAsync<T>(Func<Task<T>> ask)
        {
            for (int tries = 0; ; tries++)
            {
                try
                {
                    return await ask();
                }
                catch (Exception fault) when (tries < 100 && fault is OrleansException or TimeoutException or OperationCanceledException or IOException)
                {
                    Interlocked.Increment(ref repeated);
                    await CalendarCluster.LetWorkRunAsync();
                }
            }
        }
    }

    private IAvailabilityGrain Worker => _cluster.Client.GetGrain<IAvailabilityGrain>(0);

    /// <summary>Somebody with an application calendar.</summary>
    private async Task<string> PersonAsync(int number)
    {
        string grantId = GrainKeys.ApplicationCalendarGrant(_keys, Client, $"room-{number}");
        TokenAnswer answer = await _cluster.Client.Grant(grantId).OpenApplicationCalendar(Client, $"room-{number}", default);
        Assert.NotNull(answer.Tokens);
        return grantId;
    }

    private sealed class NativeOnly : IProviderCatalog
    {
        private readonly ICalendarProvider _native = new TestNative();

        public ICalendarProvider? Find(string providerName) => providerName == ProviderNames.Native ? _native : null;
    }
}

using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Owed;
using CalendarActors.Silo.Owed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Silo.Tests.Owed;

[Collection(SharedDatabases.Name)]
public sealed class OwedWorkSweepTests(Databases databases)
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task Sweep_WakesEveryRestingGrain_AlsoPastOneThatFails(StorageProvider provider)
    {
        SiloHost silo = await databases.SiloAsync(provider);
        string state = $"sweep-{provider}.outbox";
        string[] keys = [.. Enumerable.Range(0, 205).Select(i => $"cal_{provider}{i:000}")];
        await OwedWorkTests.OweAsync(silo, state, "cal_broken", secondsAgo: 90);
        foreach (string key in keys)
        {
            await OwedWorkTests.OweAsync(silo, state, key, secondsAgo: 60);
        }

        using OwedWorkSweep sweep = Sweep(silo, silo.Services.GetRequiredService<IOwedWork>(), state);

        Assert.Equal(206, await sweep.SweepAsync(default));
        Assert.Equal(keys, OwingGrain.Woken.Where(keys.Contains).Order(StringComparer.Ordinal));
        Assert.Equal(0, await sweep.SweepAsync(default));
    }

    [Fact]
    public async Task Sweep_RunsEvery15Seconds_AlsoAfterOneFailed()
    {
        SiloHost silo = await databases.SiloAsync(StorageProvider.Sqlite);
        var time = new FakeTimeProvider();
        var owed = new CountedOwedWork();
        using OwedWorkSweep sweep = Sweep(silo, owed, "timed.outbox", time);

        await sweep.StartAsync(default);
        await owed.Asked.WaitAsync(TimeSpan.FromSeconds(10));
        for (int i = 0; i < 3; i++)
        {
            time.Advance(OwedWorkSweep.Period - TimeSpan.FromMilliseconds(1));
            Assert.Equal(0, owed.Asked.CurrentCount);
            time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(await owed.Asked.WaitAsync(TimeSpan.FromSeconds(10)));
        }

        await sweep.StopAsync(default);
    }

    private static OwedWorkSweep Sweep(SiloHost silo, IOwedWork owed, string state, TimeProvider? time = null)
        => new(
            owed,
            silo.Grains,
            silo.Services.GetRequiredService<IHostApplicationLifetime>(),
            time ?? TimeProvider.System,
            NullLogger<OwedWorkSweep>.Instance)
        {
            States = ImmutableDictionary<string, string>.Empty.Add(state, "silo-tests.owing"),
        };

    /// <summary>Fails each time it is asked.</summary>
    private sealed class CountedOwedWork : IOwedWork
    {
        public SemaphoreSlim Asked { get; } = new(0);

        public Task<IReadOnlyList<OwedRow>> TakeAsync(
            string stateName, TimeSpan olderThan, int limit, CancellationToken cancellationToken)
        {
            Asked.Release();
            throw new InvalidOperationException("The database is away.");
        }
    }
}

using System.Globalization;
using CalendarActors.Simulators.Kit;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Machine;
using Xunit.Abstractions;

namespace CalendarActors.EndToEnd.Tests.Faults;

/// <summary>
/// People change calendars at a simulated Google, a simulated Microsoft and a real Cyrus, and applications write to them,
/// while notifications and answers fail, the process is killed and the database dies: nothing is lost, doubled or untold.
/// </summary>
/// <remarks>See <see cref="FaultSizes"/>. <c>CALENDARACTORS_SEED</c> gives the same changes and faults, as far as time allows.</remarks>
public sealed class NothingLostTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const double ChangesPerSecond = 200;
    private const int WritesAfterAFault = 10;

    /// <summary>From the last fault until all is equal. Work of a process that ended is taken up again within a minute.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    /// <summary>What a notification would have told is found out within seconds.</summary>
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["CalendarActors:Sync:PollInterval"] = "00:00:02",
        ["CalendarActors:Sync:WatchedPollInterval"] = "00:00:05",
        ["CalendarActors:Sync:ReconcileInterval"] = "00:01:00",
        ["CalendarActors:Sync:WatchedReconcileInterval"] = "00:01:00",
        ["CalendarActors:RateLimit:AddressPerMinute"] = "0",
    };

    private readonly FaultSizes _sizes = FaultSizes.Chosen;
    private readonly int _seed = int.TryParse(
        Environment.GetEnvironmentVariable("CALENDARACTORS_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : Environment.TickCount;

    private readonly List<Account> _accounts = [];
    private readonly List<Party> _parties = [];
    private FragileNode? _node;

    private int Changes => _parties.Sum(p => p.People.Changes);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (Party party in _parties)
        {
            await party.DisposeAsync();
        }

        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        foreach (Account account in _accounts)
        {
            await account.DisposeAsync();
        }
    }

    [FactNeeding("initdb", "chromium", "cyrmaster", "httpd", "saslpasswd2")]
    public async Task Calendars_WhenNotificationsAnswersProcessAndDatabaseAllFail_AreEqualAgainAndEveryChangeWasTold()
    {
        output.WriteLine($"CALENDARACTORS_SEED={_seed}, scale {_sizes.Scale}");
        long began = TimeProvider.System.GetTimestamp();
        await JoinAsync();

        // 1. Everything fails, now and then.
        _accounts.ForEach(a => a.Trouble());
        _parties.ForEach(p => p.Writing.Begin());
        output.WriteLine($"All joined after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s");
        began = TimeProvider.System.GetTimestamp();
        await StormAsync(new Random(_seed));
        TellOfStorm(TimeProvider.System.GetElapsedTime(began));

        // 2. Nothing fails any more, and nobody changes anything.
        _accounts.ForEach(a => a.Calm());
        long calm = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(_parties.Select(p => p.Writing.StopAsync()));
        string differences = "";
        await Eventually.HoldsAsync(
            async () =>
            {
                differences = string.Join('\n', (await Task.WhenAll(_parties.Select(p => p.DifferenceAsync()))).OfType<string>());
                return differences.Length == 0;
            },
            Bound,
            () => $"{differences}\n{_node!.Output}");
        output.WriteLine(
            $"{_parties.Sum(p => p.Writing.Acknowledged)} writes acknowledged, {_parties.Sum(p => p.Writing.Refused)} repeated after a refusal or none");
        output.WriteLine($"{_parties.Sum(p => p.Told.Told)} callbacks");
        output.WriteLine($"All equal and told {TimeProvider.System.GetElapsedTime(calm).TotalSeconds:0.0} s after the last fault");
    }

    private async Task JoinAsync()
    {
        _accounts.AddRange(await Task.WhenAll(GoogleAccount.StartAsync(), MicrosoftAccount.StartAsync(), CalDavAccount.StartAsync()));
        _node = await FragileNode.StartAsync(_accounts.SelectMany(a => a.Settings).Concat(Settings));
        _parties.AddRange(await Task.WhenAll(_accounts.Select((a, i) => Party.JoinAsync(_node.Node, a, _seed + i))));
    }

    /// <summary>In each round people make their share of the changes, and amid them the process or the database is killed.</summary>
    private async Task StormAsync(Random random)
    {
        bool[] ofDatabase = [.. Enumerable.Repeat(false, _sizes.Kills), .. Enumerable.Repeat(true, _sizes.DatabaseKills)];
        random.Shuffle(ofDatabase);
        for (int round = 0; round < ofDatabase.Length; round++)
        {
            int goal = _sizes.Changes * (round + 1) / ofDatabase.Length;
            int amid = random.Next(Changes, goal);
            Task changing = ChangeAsync(goal - Changes);
            await Eventually.HoldsAsync(() => Task.FromResult(Changes >= amid || changing.IsCompleted));
            await (ofDatabase[round]
                ? _node!.KillDatabaseAsync(missed: () => Task.WhenAll(_parties.Select(p => p.Writing.MissAsync(1))))
                : _node!.KillAsync(began: node => _parties.ForEach(p => p.GoOnAt(node))));
            await changing;
            await Task.WhenAll(_parties.Select(p => p.Writing.GoOnAsync(WritesAfterAFault)));
        }
    }

    /// <summary>Each party has as many of the changes as it has of the calendars.</summary>
    private Task ChangeAsync(int changes)
    {
        List<Task> all = [];
        int calendars = _accounts.Sum(a => a.Calendars.Count), left = changes;
        foreach (Party party in _parties)
        {
            int own = party.Account.Calendars.Count;
            int share = party == _parties[^1] ? left : changes * own / calendars;
            left -= share;
            all.Add(party.People.ChangeAsync(share, ChangesPerSecond * own / calendars));
        }

        return Task.WhenAll(all);
    }

    /// <summary>What went wrong; a run in which nothing did shows nothing.</summary>
    private void TellOfStorm(TimeSpan storm)
    {
        output.WriteLine($"{Changes} changes by people, {_sizes.Kills} kills of the process and {_sizes.DatabaseKills} of the database in {storm.TotalSeconds:0} s");
        NotificationScript[] told = [.. _accounts.Select(a => a.Notifications).OfType<NotificationScript>()];
        (int lost, int doubled) = (told.Sum(t => t.Lost), told.Sum(t => t.Doubled));
        output.WriteLine($"{told.Sum(t => t.Decided)} notifications, {lost} of them dropped, {doubled} doubled, {told.Sum(t => t.Delayed)} late");
        Assert.True(lost > 0 && doubled > 0);
        foreach (Account account in _accounts)
        {
            (int all, int troubled) = account.Requests;
            output.WriteLine($"{account.Name}: {troubled} of {all} requests refused, lost or never answered");
            Assert.True(troubled > 0);
        }
    }
}

using System.Collections.Concurrent;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Outbound;
using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.Convergence.Tests;

/// <summary>A real CalDAV server behind a network that breaks. It tells nobody of changes.</summary>
public sealed class CalDavStage : Stage
{
    private readonly ConcurrentDictionary<string, CalDavHistory> _histories = new(StringComparer.Ordinal);
    private readonly RadicaleServer _server = new();
    private FaultProxy _proxy = null!;

    private CalDavStage(TimeProvider time) => Build(time, new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        [$"{OutboundOptions.Section}:AllowedHosts:0"] = "127.0.0.1",
    });

    public override string ProviderName => ProviderNames.CalDav;

    public override int InFlight => _proxy.InFlight;

    public static async Task<CalDavStage> StartAsync(TimeProvider time)
    {
        CalDavStage stage = new(time);
        await stage._server.StartAsync();
        stage._proxy = await FaultProxy.StartAsync(stage._server.Address, time);
        return stage;
    }

    public override async Task<RemoteLogin> AddAsync(string name, Random random)
    {
        _server.AddUser(name);
        CalDavHistory history = new(new OtherClient(name, _server.Password), new Uri(_server.Address, $"{name}/work/"), random);
        await history.BeginAsync();
        _histories[name] = history;
        return new Login(_server, _proxy, history, name)
        {
            CalendarId = new Uri(_proxy.Address, $"{name}/work/").AbsoluteUri,
            Access = new ProviderAccess(ProviderName, _proxy.Address, name, _server.Password),
        };
    }

    public override void Trouble(bool isCompared)
    {
        Random random = new(1);
        _proxy.Script = (_, _) =>
        {
            lock (random)
            {
                return random.Next(100) switch
                {
                    < 3 => ProxyFault.ResetBefore,
                    < 6 => ProxyFault.LoseAnswer,
                    < 8 => ProxyFault.CutAnswer,
                    < 10 => ProxyFault.Fail503,
                    < 11 => ProxyFault.Refuse401,
                    < 12 => ProxyFault.Throttle429,
                    < 14 => ProxyFault.RefuseSyncToken,
                    < 17 when isCompared => ProxyFault.EmptySync,
                    _ => ProxyFault.None,
                };
            }
        };

        // Somebody else writes just before we do.
        _proxy.Before = (method, path) =>
        {
            lock (random)
            {
                return method == "PUT" && random.Next(3) == 0 ? _histories[path.Split('/')[1]].EditAsync(path) : Task.CompletedTask;
            }
        };
    }

    public override void Calm() => (_proxy.Script, _proxy.Before) = (null, null);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    private sealed class Login(RadicaleServer server, FaultProxy proxy, CalDavHistory history, string name) : RemoteLogin
    {
        public override bool IsWatched => false;

        public override IEnumerable<(DateTimeOffset At, string Text)> Asked => proxy.Exchanges
            .Where(e => e.Path.StartsWith($"/{name}/", StringComparison.Ordinal))
            .Select(e => (e.At, $"{e.Method} {e.Path}: {e.Status} {e.Fault}"));

        public override Task ActAsync() => history.StepAsync();

        public override void DropWatches()
        {
        }

        public override string Suffer(Random random)
        {
            if (random.Next(2) == 0)
            {
                proxy.Plan("REPORT", ProxyFault.RefuseSyncToken);
                return "somebody's sync token is refused";
            }

            server.ForgetSyncTokens(name, "work");
            return "the server has lost its sync tokens";
        }

        public override Task<string?[]> TitlesOfAsync(IReadOnlySet<string> keys) => history.TitlesOfAsync(keys);

        public override async Task<string?> DifferenceToAsync(IReadOnlyCollection<ProviderItem> fresh)
        {
            string[] lost = await history.LostEditsAsync();
            if (lost.Length > 0)
            {
                return $"edits are lost:\n{string.Join('\n', lost)}";
            }

            string truth = string.Join('\n', (await history.EventsAsync()).Order(StringComparer.Ordinal));
            string ours = string.Join('\n', fresh
                .Select(i => $"{i.Object.Uid} {i.Object.Master?.Content.Summary} {i.Object.Overrides.Length}")
                .Order(StringComparer.Ordinal));
            return truth == ours ? null : $"{truth}\nbut a fresh copy:\n{ours}";
        }
    }
}

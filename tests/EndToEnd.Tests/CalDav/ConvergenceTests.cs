using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;
using CalendarActors.TestKit;
using CalendarActors.TestKit.CalDavServers;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;
using Xunit.Abstractions;

namespace CalendarActors.EndToEnd.Tests.CalDav;

/// <summary>
/// Two clients change one calendar on a real server, through a proxy that breaks things, while our process is killed: in
/// the end the cache is equal to the server, and each acknowledged write of ours is there exactly once.
/// </summary>
/// <remarks><c>CALENDARACTORS_SEED</c> replays a run, <c>CALENDARACTORS_TEST_SCALE</c> makes it longer.</remarks>
public sealed class ConvergenceTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Callback = "http://127.0.0.1:9/callback";
    private const int RoundsAtScaleOne = 8;
    private const int StepsInARound = 5;

    // So many give faults a chance.
    private const int ExchangesInARound = 12;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, string> _settings = new()
    {
        ["CalendarActors:Sync:PollInterval"] = "00:00:01",
        ["CalendarActors:Sync:ReconcileInterval"] = "00:01:00",
        ["CalendarActors:RateLimit:PerSecond"] = "0",
        ["CalendarActors:RateLimit:PerMinute"] = "0",
    };

    private readonly string _data = Directory.CreateTempSubdirectory("calendaractors-convergence").FullName;
    private readonly Dictionary<string, string> _ours = [];
    private readonly HashSet<string> _theirs = [];
    private RunningNode? _node;
    private string _said = "";
    private string _token = "";
    private string _calendarId = "";

    private static int Scale => int.TryParse(Environment.GetEnvironmentVariable("CALENDARACTORS_TEST_SCALE"), out int n) ? n : 1;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("CALENDARACTORS_SEED"), out int n)
        ? n
        : Environment.TickCount;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }

    [FactNeeding("radicale", "chromium")]
    public async Task CacheAndServer_AfterFaultsAndKills_AreEqual()
    {
        int seed = Seed;
        output.WriteLine($"CALENDARACTORS_SEED={seed}");
        Random random = new(seed);
        await using CalDavCalendar calendar = await CalDavCalendar.StartAsync(new RadicaleServer());
        await using FaultProxy proxy = await FaultProxy.StartAsync(calendar.Address);
        _node = await RunningNode.StartAsync("Standalone", _data, _settings);
        await ConnectAsync(calendar, proxy);
        Random faults = new(seed + 1);
        proxy.Script = (_, _) =>
        {
            lock (faults)
            {
                return Fault(faults);
            }
        };

        int rounds = RoundsAtScaleOne * Scale;
        for (int round = 0; round < rounds; round++)
        {
            int before = proxy.Exchanges.Length;
            for (int step = 0; step < StepsInARound; step++)
            {
                await (random.Next(2) == 0 ? TheyChangeAsync(calendar, random) : WeChangeAsync(random));
            }

            await HoldsAsync(
                () => Task.FromResult(proxy.Exchanges.Length >= before + ExchangesInARound),
                () => string.Join('\n', proxy.Exchanges.TakeLast(ExchangesInARound)
                    .Select(e => $"{e.Method} {e.Path} {e.Status} {e.Fault}")));
            if (round % 3 == 1)
            {
                await _node.KillAsync();
                _said += _node.Output;
                await _node.DisposeAsync();
                _node = await RunningNode.StartAsync("Standalone", _data, _settings);

                // Whoever asks wakes it; that nobody does, and they alone change it, would take until its reminder ticks.
                await Eventually.HoldsAsync(async () => await TryCachedAsync() is not null);
            }
        }

        proxy.Script = null;
        await EqualAsync(calendar);
        IReadOnlyList<string> uids = await calendar.UidsAsync();
        Assert.Equal(uids.Count, uids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(_ours.Values.Order(StringComparer.Ordinal), (await calendar.EventsAsync()).Where(e => e.StartsWith("Ours", StringComparison.Ordinal)));
        Assert.Equal(_theirs.Count + _ours.Count, uids.Count);
        Assert.Contains(proxy.Exchanges, e => e.Fault != ProxyFault.None);
    }

    private static ProxyFault Fault(Random random) => random.Next(40) switch
    {
        0 => ProxyFault.ResetBefore,
        1 => ProxyFault.LoseAnswer,
        2 => ProxyFault.CutAnswer,
        3 => ProxyFault.Fail500,
        4 => ProxyFault.Fail503,
        5 => ProxyFault.RefuseSyncToken,
        6 => ProxyFault.EmptySync,
        7 when random.Next(4) == 0 => ProxyFault.Refuse401,
        _ => ProxyFault.None,
    };

    private async Task TheyChangeAsync(CalDavCalendar calendar, Random random)
    {
        string name = $"theirs-{random.Next(6)}";
        if (_theirs.Contains(name) && random.Next(3) == 0)
        {
            await calendar.DeleteAsync(name);
            _theirs.Remove(name);
            return;
        }

        await calendar.StoreAsync(name, $"{name} v{random.Next(1000)}", Start(random));
        _theirs.Add(name);
    }

    private async Task WeChangeAsync(Random random)
    {
        string eventId = $"ours-{random.Next(6)}";
        bool isDelete = _ours.ContainsKey(eventId) && random.Next(3) == 0;
        string summary = $"Ours {eventId} v{random.Next(1000)}";
        DateTimeOffset start = Start(random);
        object body = isDelete
            ? new { event_id = eventId }
            : new { event_id = eventId, summary, start = Iso(start), end = Iso(start.AddHours(1)) };

        // As a client would: again and again until it is accepted.
        await Eventually.HoldsAsync(async () =>
        {
            using HttpResponseMessage answer = await SendAsync(
                isDelete ? HttpMethod.Delete : HttpMethod.Post, $"/v1/calendars/{_calendarId}/events", JsonContent.Create(body));
            return answer.StatusCode == HttpStatusCode.Accepted;
        });
        if (isDelete)
        {
            _ours.Remove(eventId);
        }
        else
        {
            _ours[eventId] = $"{summary} {CalDavCalendar.Utc(start)}";
        }
    }

    private async Task EqualAsync(CalDavCalendar calendar)
    {
        string seen = "";
        await HoldsAsync(
            async () =>
            {
                string[] server = [.. await calendar.EventsAsync()];
                string[] cache = [.. await TryCachedAsync() ?? ["refused"]];
                seen = $"server:\n{string.Join('\n', server)}\ncache:\n{string.Join('\n', cache)}\nours:\n{string.Join('\n', _ours.Values)}";
                return server.SequenceEqual(cache, StringComparer.Ordinal)
                    && server.Count(e => e.StartsWith("Ours", StringComparison.Ordinal)) == _ours.Count
                    && _ours.Values.All(server.Contains);
            },
            () => seen);
    }

    private async Task HoldsAsync(Func<Task<bool>> condition, Func<string> tell)
    {
        try
        {
            await Eventually.HoldsAsync(condition, Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{tell()}\n{_said}{_node!.Output}");
        }
    }

    private async Task<IEnumerable<string>?> TryCachedAsync()
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, "/v1/events?tzid=Etc/UTC&include_managed=true");
        return !answer.IsSuccessStatusCode ? null : JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["events"]!.AsArray()
            .Select(e => $"{(string)e!["summary"]!} {((string)e["start"]!).Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal)}")
            .Order(StringComparer.Ordinal);
    }

    private async Task ConnectAsync(CalDavCalendar calendar, FaultProxy proxy)
    {
        using HttpResponseMessage registered = await _node!.OperateAsync(
            HttpMethod.Post, "/operator/applications", JsonContent.Create(new { name = "Planner", redirect_uris = new[] { Callback } }));
        JsonNode application = (await registered.Content.ReadFromJsonAsync<JsonNode>())!;
        string clientId = (string)application["client_id"]!;
        Uri answer = await PersonInBrowser.AllowAsync(
            $"{_node.Address}oauth/authorize?response_type=code&scope=read_write&client_id={clientId}&redirect_uri={Callback}",
            proxy.Address, calendar.UserName, calendar.Password, Callback);
        using HttpResponseMessage exchanged = await _node.Http.PostAsJsonAsync("/oauth/token", new
        {
            client_id = clientId,
            client_secret = (string)application["client_secret"]!,
            grant_type = "authorization_code",
            code = HttpUtility.ParseQueryString(answer.Query)["code"],
            redirect_uri = Callback,
        });
        _token = (string)(await exchanged.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!;
        _calendarId = (string)(await JsonAsync(HttpMethod.Get, "/v1/calendars"))["calendars"]![0]!["calendar_id"]!;
    }

    private async Task<JsonNode> JsonAsync(HttpMethod method, string address)
    {
        using HttpResponseMessage response = await SendAsync(method, address);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content = null)
    {
        HttpRequestMessage request = new(method, address) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return _node!.Http.SendAsync(request);
    }

    private static DateTimeOffset Start(Random random) =>
        new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(random.Next(1, 30)).AddMinutes(15 * random.Next(96)), TimeSpan.Zero);

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CalendarActors.EndToEnd.Tests.Connections;
using CalendarActors.TestKit.Callbacks;

namespace CalendarActors.EndToEnd.Tests.Faults;

/// <summary>
/// An application that never looks by itself: at each callback it reads what changed since then. What it has in the end is
/// what it was told of.
/// </summary>
internal sealed class ToldApplication : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Integrator _api;
    private readonly IReadOnlyDictionary<string, string> _calendars;
    private readonly HookListener _hook = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, string> _lines = new(StringComparer.Ordinal);
    private Task _reading = Task.CompletedTask;
    private volatile int _told;

    private ToldApplication(Integrator api, IReadOnlyDictionary<string, string> calendars) => (_api, _calendars) = (api, calendars);

    /// <summary>Callbacks that told of changes.</summary>
    public int Told => _told;

    /// <summary>What it has.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines.Values];
            }
        }
    }

    /// <summary>Opens a channel and waits until it works. The calendars must be empty then.</summary>
    public static async Task<ToldApplication> ListenAsync(Integrator api, IReadOnlyDictionary<string, string> calendars)
    {
        ToldApplication application = new(api, calendars);
        await api.OpenChannelAsync(application._hook.Url);
        await application._hook.ComeAsync(1);
        application._reading = Task.Run(application.ReadAsync);
        return application;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _hook.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ReadAsync()
    {
        using PeriodicTimer timer = new(Pace);
        string? since = null;
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            since = EarliestTold(since);
            if (since is not null
                && await _api.TryReadEventsAsync($"&include_deleted=true&last_modified={since}", _stopping.Token) is { } changed)
            {
                Keep(changed);
                since = null;
            }
        }
    }

    private string? EarliestTold(string? since)
    {
        while (_hook.Calls.TryDequeue(out HookCall? call))
        {
            if (call.Json.GetProperty("notification").TryGetProperty("changes_since", out JsonElement told))
            {
                // Of one form and in UTC, so in the order of their letters.
                since = since is null || string.CompareOrdinal(told.GetString(), since) < 0 ? told.GetString() : since;
                _told++;
            }
        }

        return since;
    }

    private void Keep(IReadOnlyList<JsonNode> changed)
    {
        lock (_lines)
        {
            foreach (JsonNode item in changed)
            {
                string key = $"{item["calendar_id"]} {item["event_uid"]}";
                _lines.Remove(key);
                if (!(bool)item["deleted"]!)
                {
                    _lines[key] = Faults.Lines.Of(item, _calendars);
                }
            }
        }
    }
}

using System.Net;
using CalendarActors.EndToEnd.Tests.Connections;
using CalendarActors.TestKit;

namespace CalendarActors.EndToEnd.Tests.Faults;

/// <summary>
/// An application that creates, changes and deletes events of its own, one write after the other, and repeats each until it
/// is acknowledged, as it would against any API. What is there in the end is known, therefore.
/// </summary>
internal sealed class WritingApplication : IAsyncDisposable
{
    /// <summary>How long it waits for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long from one attempt to the next.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly Integrator _api;
    private readonly (string Name, string Id)[] _calendars;
    private readonly Random _random;
    private readonly DateTimeOffset _today = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Ours> _events = [];
    private Task _writing = Task.CompletedTask;
    private volatile int _acknowledged;
    private volatile int _refused;
    private volatile bool _isGivenUp;
    private volatile string _lastRefusal = "none";

    public WritingApplication(Integrator api, IReadOnlyDictionary<string, string> calendars, int seed)
    {
        _api = api;
        _calendars = [.. calendars.OrderBy(c => c.Value, StringComparer.Ordinal).Select(c => (c.Value, c.Key))];
        _random = new Random(seed);
    }

    /// <summary>Writes that were acknowledged.</summary>
    public int Acknowledged => _acknowledged;

    /// <summary>Answers that were no acknowledgement, and missing ones.</summary>
    public int Refused => _refused;

    /// <summary>What must be there of its own: all that was acknowledged, once it stopped.</summary>
    public IEnumerable<string> Lines => _events.Select(e => Faults.Lines.Of(e.Calendar, e.Title, e.Start));

    /// <summary>Writes from now on.</summary>
    public void Begin() => _writing = Task.Run(WriteAsync);

    /// <summary>Until so many more were acknowledged.</summary>
    public Task GoOnAsync(int writes) => ReachesAsync(() => _acknowledged, _acknowledged + writes);

    /// <summary>Until so many more were not.</summary>
    public Task MissAsync(int writes) => ReachesAsync(() => _refused, _refused + writes);

    /// <summary>Finishes the write that it is at.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _writing;
    }

    public async ValueTask DisposeAsync()
    {
        _isGivenUp = true;
        await _stopping.CancelAsync();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task ReachesAsync(Func<int> count, int goal)
    {
        await Eventually.HoldsAsync(
            () => Task.FromResult(_writing.IsCompleted || count() >= goal), otherwise: () => $"{count()} of {goal}, last refusal: {_lastRefusal}");
        if (_writing.IsFaulted)
        {
            await _writing;
        }
    }

    private async Task WriteAsync()
    {
        using PeriodicTimer timer = new(Pace);
        while (!_stopping.IsCancellationRequested)
        {
            Action done = Choose(out Func<CancellationToken, Task<HttpResponseMessage>> write);
            while (!await IsAcknowledgedAsync(write))
            {
                if (_isGivenUp)
                {
                    return;
                }

                _refused++;
                await timer.WaitForNextTickAsync();
            }

            done();
            _acknowledged++;
            await timer.WaitForNextTickAsync();
        }
    }

    /// <returns>What follows from its acknowledgement.</returns>
    private Action Choose(out Func<CancellationToken, Task<HttpResponseMessage>> write)
    {
        DateTimeOffset start = _today.AddDays(_random.Next(1, 60)).AddMinutes(15 * _random.Next(96));
        string title = $"Ours {_acknowledged}";
        int choice = _events.Count == 0 ? 0 : _random.Next(10);
        if (choice < 5)
        {
            (string name, string id) = _calendars[_random.Next(_calendars.Length)];
            Ours made = new(name, id, $"{_acknowledged}", title, start);
            write = token => _api.UpsertAsync(made.CalendarId, made.EventId, made.Title, made.Start, token);
            return () => _events.Add(made);
        }

        int index = _random.Next(_events.Count);
        Ours one = _events[index];
        if (choice < 8)
        {
            Ours changed = one with { Title = title, Start = start };
            write = token => _api.UpsertAsync(changed.CalendarId, changed.EventId, changed.Title, changed.Start, token);
            return () => _events[index] = changed;
        }

        write = token => _api.DeleteAsync(one.CalendarId, one.EventId, token);
        return () => _events.RemoveAt(index);
    }

    private async Task<bool> IsAcknowledgedAsync(Func<CancellationToken, Task<HttpResponseMessage>> write)
    {
        using CancellationTokenSource patience = new(Patience);
        try
        {
            using HttpResponseMessage response = await write(patience.Token);
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                return true;
            }

            _lastRefusal = $"{(int)response.StatusCode}";
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            _lastRefusal = fault.Message;
        }

        return false;
    }

    private sealed record Ours(string Calendar, string CalendarId, string EventId, string Title, DateTimeOffset Start);
}

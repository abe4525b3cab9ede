using System.Net;
using CalendarActors.TestKit;

namespace CalendarActors.EndToEnd.Tests.Cluster;

/// <summary>
/// Applications that each write one event after the other, through every door in turn, and repeat what was not
/// acknowledged at the next door, as they would against any API.
/// </summary>
internal sealed class SteadyWriters : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Writer[] _writers;
    private readonly Task _writing;

    /// <summary>They begin at once.</summary>
    /// <param name="calendars">One for each writer.</param>
    /// <param name="patience">How long one waits for an answer before it tries the next door.</param>
    /// <param name="doors">Whom they ask.</param>
    public SteadyWriters(IReadOnlyList<ApplicationCalendar> calendars, TimeSpan patience, params HttpClient[] doors)
    {
        _writers = [.. calendars.Select(calendar => new Writer(calendar, patience, doors))];
        _writing = Task.WhenAll(_writers.Select(writer => Task.Run(() => writer.WriteAsync(_stopping.Token))));
    }

    /// <summary>Answers that were no acknowledgement, and missing ones.</summary>
    public IReadOnlyList<string> Refusals => [.. _writers.SelectMany(writer => writer.Refusals())];

    /// <summary>How many writes were acknowledged, of all of them.</summary>
    public int Acknowledged => _writers.Sum(writer => writer.Acknowledged);

    /// <summary>Until each of them had so many more writes acknowledged: none is stuck.</summary>
    public async Task GoOnAsync(int writes)
    {
        int[] goals = [.. _writers.Select(writer => writer.Acknowledged + writes)];
        await Eventually.HoldsAsync(() =>
            Task.FromResult(_writing.IsCompleted || _writers.Zip(goals).All(pair => pair.First.Acknowledged >= pair.Second)));
        if (_writing.IsCompleted)
        {
            await _writing;
        }
    }

    /// <summary>Each finishes the write that it is at.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _writing;
    }

    /// <summary>What was acknowledged is there, and once, and nothing else is.</summary>
    public async Task AssertAllThereOnceAsync(HttpClient door)
    {
        foreach (Writer writer in _writers)
        {
            IReadOnlyList<(string EventId, string Summary)> found = await writer.Calendar.ReadAllAsync(door);
            Assert.Equal(
                Enumerable.Range(0, writer.Acknowledged).Select(n => (EventId: $"{n}", Summary: $"Meeting {n}")).OrderBy(e => e.EventId, StringComparer.Ordinal),
                found.OrderBy(e => e.EventId, StringComparer.Ordinal));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private sealed class Writer(ApplicationCalendar calendar, TimeSpan patience, HttpClient[] doors)
    {
        private readonly DateTimeOffset _first = TimeProvider.System.GetUtcNow().AddDays(7);
        private readonly List<string> _refusals = [];
        private volatile int _acknowledged;

        public ApplicationCalendar Calendar => calendar;

        public int Acknowledged => _acknowledged;

        public string[] Refusals()
        {
            lock (_refusals)
            {
                return [.. _refusals];
            }
        }

        public async Task WriteAsync(CancellationToken stopping)
        {
            for (int n = 0, attempt = 0; !stopping.IsCancellationRequested; n++)
            {
                while (!await IsAcknowledgedAsync(doors[attempt++ % doors.Length], n))
                {
                    // The next door.
                }

                _acknowledged++;
            }
        }

        private async Task<bool> IsAcknowledgedAsync(HttpClient door, int n)
        {
            using CancellationTokenSource deadline = new(patience);
            try
            {
                using HttpResponseMessage response = await calendar.UpsertAsync(
                    door, $"{n}", _first.AddMinutes(15 * n), $"Meeting {n}", deadline.Token);
                if (response.StatusCode == HttpStatusCode.Accepted)
                {
                    return true;
                }

                Keep($"{n}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(CancellationToken.None)}");
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
            {
                Keep($"{n}: {fault.Message}");
            }

            return false;
        }

        private void Keep(string refusal)
        {
            lock (_refusals)
            {
                _refusals.Add(refusal);
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Cluster;

/// <summary>What was acknowledged with 202 outlives <c>kill -9</c> of the only process, on embedded SQLite.</summary>
public sealed class KilledNodeTests
{
    private const int Writers = 4;
    private const int AcknowledgedBeforeTheKill = 60;

    [Fact]
    public async Task Standalone_WhenKilledAmidWrites_StillHasEachAcknowledgedWriteOnce()
    {
        string data = Directory.CreateTempSubdirectory("calendaractors-killed").FullName;
        Dictionary<string, string> settings = new()
        {
            ["CalendarActors:RateLimit:PerSecond"] = "0",
            ["CalendarActors:RateLimit:PerMinute"] = "0",
        };
        DateTimeOffset first = TimeProvider.System.GetUtcNow().AddDays(7);
        ConcurrentDictionary<string, string> acknowledged = new();
        ConcurrentDictionary<string, string> attempted = new();
        ApplicationCalendar calendar;

        await using (RunningNode node = await RunningNode.StartAsync("Standalone", data, settings))
        {
            calendar = await ApplicationCalendar.OpenAsync(node);
            TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => WriteUntilItDiesAsync(node, writer, enough))];

            await Task.WhenAny(enough.Task, Task.WhenAll(writers));
            await node.KillAsync();
            await Task.WhenAll(writers);
        }

        await using RunningNode restarted = await RunningNode.StartAsync("Standalone", data, settings);
        IReadOnlyList<(string EventId, string Summary)> found = await calendar.ReadAllAsync(restarted.Http);

        Assert.True(acknowledged.Count >= AcknowledgedBeforeTheKill);
        Assert.Equal(found.Count, found.Select(e => e.EventId).Distinct().Count());
        Assert.Empty(acknowledged.Except(found.Select(e => KeyValuePair.Create(e.EventId, e.Summary))));
        Assert.Empty(found.Select(e => KeyValuePair.Create(e.EventId, e.Summary)).Except(attempted));

        // What was not acknowledged is tried again, as a client would, and is then there once too.
        foreach ((string eventId, string summary) in attempted.Except(acknowledged))
        {
            using HttpResponseMessage again = await calendar.UpsertAsync(restarted.Http, eventId, first, summary);
            Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        }

        found = await calendar.ReadAllAsync(restarted.Http);
        Assert.Equal(
            attempted.Select(e => $"{e.Key} {e.Value}").Order(StringComparer.Ordinal),
            found.Select(e => $"{e.EventId} {e.Summary}").Order(StringComparer.Ordinal));

        async Task WriteUntilItDiesAsync(RunningNode node, int writer, TaskCompletionSource enough)
        {
            for (int n = 0; ; n++)
            {
                string eventId = $"w{writer}-{n}";
                string summary = $"Meeting {n} of {writer}";
                attempted[eventId] = summary;
                try
                {
                    using HttpResponseMessage response = await calendar.UpsertAsync(node.Http, eventId, first.AddMinutes(15 * n), summary);
                    if (response.StatusCode == HttpStatusCode.Accepted)
                    {
                        acknowledged[eventId] = summary;
                    }
                }
                catch (HttpRequestException)
                {
                    return;
                }

                if (acknowledged.Count >= AcknowledgedBeforeTheKill)
                {
                    enough.TrySetResult();
                }
            }
        }
    }
}

using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Simulators.Google;
using CalendarActors.Simulators.Kit;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using RulesChange = CalendarActors.Domain.Events.Change<System.Collections.Immutable.ImmutableArray<CalendarActors.Domain.Recurrence.RecurrenceRule>>;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>
/// Two clients, lagging reads, small pages that move, lost answers, dropped cursors: whatever happened, the copy becomes
/// what is there by pulls alone, and each write of ours is there once or not at all.
/// </summary>
public sealed class GoogleConvergenceTests
{
    private const int Steps = 50;
    private const string Meanwhile = "somebody else acts";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Copy_WhenTwoClientsWriteAndEverythingFails_BecomesWhatIsThere(int quarter) => Seeds.RunAsync(quarter, RunAsync);

    private static async Task RunAsync(int seed)
    {
        var random = new Random(seed);
        var time = new FakeTimeProvider(new DateTimeOffset(2027, 2, 1, 0, 0, 0, TimeSpan.Zero));
        var subject = new GoogleUnderTest(new GoogleSimulatorOptions
        {
            Seed = seed,
            Time = time,
            EventsPerPageAtMost = random.Next(1, 5),
            PagesMoveWhileReading = seed % 2 == 0,
            DeletedSeriesListsExceptions = seed % 3 != 0,
            AccessTokenLife = TimeSpan.FromDays(1_000),
        });
        await subject.InitializeAsync();
        await using var end = new AsyncEnd(subject);
        string calendar = subject.Simulator.AddCalendar(GoogleUnderTest.Email, "Shared");
        var history = new GoogleHistory(subject.Simulator, calendar, random);
        Plan(subject.Simulator.Faults, history);

        Dictionary<string, ProviderItem> copy = new(StringComparer.Ordinal);
        Dictionary<string, HashSet<string?>> possible = new(StringComparer.Ordinal);
        string? cursor = null;
        for (int step = 0; step < Steps; step++)
        {
            switch (random.Next(10))
            {
                case 0 or 1 or 2:
                    history.Step();
                    break;
                case 3 or 4:
                    await WriteAsync(subject, calendar, $"our{random.Next(4)}b", $"Ours {step}", random, possible);
                    break;
                case 5:
                    await DeleteAsync(subject, calendar, $"our{random.Next(4)}b", possible);
                    break;
                case 6:
                    subject.Simulator.ReadLag = TimeSpan.FromSeconds(random.Next(3) * 5);
                    time.Advance(TimeSpan.FromSeconds(random.Next(4)));
                    break;
                case 7 when random.Next(4) == 0:
                    Dictionary<string, KnownVersion> known = copy.Values.ToDictionary(i => i.Id, i => new KnownVersion(i.Version, false), StringComparer.Ordinal);
                    cursor = Applied(copy, await subject.Provider.ReconcileAsync(
                        subject.Typed, PullRequest.Knowing(calendar, null, known), default), cursor);
                    break;
                default:
                    cursor = Applied(copy, await subject.Provider.PullAsync(subject.Typed, PullRequest.From(calendar, cursor), default), cursor);
                    break;
            }
        }

        subject.Simulator.Faults.Clear();
        time.Advance(TimeSpan.FromHours(1));
        for (int pull = 0; pull < 2; pull++)
        {
            cursor = Applied(copy, await subject.Provider.PullAsync(subject.Typed, PullRequest.From(calendar, cursor), default), cursor);
        }

        SortedSet<string> truth = GoogleTruth.Of(subject.Simulator, calendar);
        Assert.True(truth.SetEquals(GoogleTruth.Of(copy.Values)), $"seed {seed}:\n{string.Join('\n', truth)}\nbut our copy:\n{string.Join('\n', GoogleTruth.Of(copy.Values))}");
        PullChanges all = (await subject.Provider.PullAsync(subject.Typed, PullRequest.From(calendar, null), default)).Value!;
        Assert.Equal(all.Upserted.OrderBy(i => i.Id, StringComparer.Ordinal), copy.Values.OrderBy(i => i.Id, StringComparer.Ordinal));
        Assert.All(possible, own => Assert.True(
            own.Value.Contains(copy.GetValueOrDefault(own.Key)?.Object.Master!.Content.Summary),
            $"seed {seed}: {own.Key} is {copy.GetValueOrDefault(own.Key)?.Object.Master!.Content.Summary ?? "gone"}"));
    }

    private static void Plan(FaultScript faults, GoogleHistory history)
    {
        faults.Register(Meanwhile, history.Step);
        foreach (string request in new[] { GoogleRequests.Listing, GoogleRequests.Get, GoogleRequests.Write })
        {
            faults.Randomly(request, 0.10, Fault.OfProvider(Meanwhile));
            faults.Randomly(request, 0.03, Fault.ResetBefore);
            faults.Randomly(request, 0.03, Fault.LoseAnswer);
            faults.Randomly(request, 0.03, Fault.CutAnswer);
            faults.Randomly(request, 0.02, Fault.Answer(503));
            faults.Randomly(request, 0.02, Fault.Answer(403, reason: "rateLimitExceeded"));
            faults.Randomly(request, 0.01, Fault.Answer(401));
        }

        faults.Randomly(GoogleRequests.Listing, 0.03, Fault.OfProvider(GoogleSeams.EmptyPage));
        faults.Randomly(GoogleRequests.Listing, 0.03, Fault.OfProvider(GoogleSeams.RepeatItem));
        faults.Randomly(GoogleRequests.Listing, 0.02, Fault.OfProvider(GoogleSeams.RefusePageToken));
        faults.Randomly(GoogleRequests.Listing, 0.01, Fault.OfProvider(GoogleSeams.InvalidateSyncTokens));
    }

    private static async Task WriteAsync(
        GoogleUnderTest subject, string calendar, string key, string summary, Random random, Dictionary<string, HashSet<string?>> possible)
    {
        var change = new EventChange
        {
            Start = CalendarTime.InZone(new LocalDateTime(2027, 3, 9, 9, 30), "Europe/Berlin"),
            End = CalendarTime.InZone(new LocalDateTime(2027, 3, 9, 10, 15), "Europe/Berlin"),
            Summary = summary,
            Rules = RulesChange.To(random.Next(2) == 0 ? [] : [new() { Frequency = RecurrenceFrequency.Weekly, Count = 4 }]),
        };
        ProviderResult<ProviderItem> result = await subject.Provider.WriteAsync(
            subject.Typed, calendar, new ProviderWrite(key, null, null, change), default);
        possible.Note(key, summary, result.IsSuccess);
        Assert.True(result.Fault?.Kind is not (ProviderFaultKind.Rejected or ProviderFaultKind.NotFound), result.ToString());
    }

    private static async Task DeleteAsync(
        GoogleUnderTest subject, string calendar, string key, Dictionary<string, HashSet<string?>> possible)
    {
        ProviderResult<string> result = await subject.Provider.DeleteAsync(subject.Typed, calendar, key, null, default);
        possible.Note(key, null, result.IsSuccess);
    }

    private static string? Applied(Dictionary<string, ProviderItem> copy, ProviderResult<PullChanges> pulled, string? cursor)
    {
        if (!pulled.IsSuccess)
        {
            Assert.NotEqual(ProviderFaultKind.Rejected, pulled.Fault.Kind);
            return pulled.Fault.Kind == ProviderFaultKind.ResyncRequired ? null : cursor;
        }

        Assert.Empty(pulled.Value.Unreadable);
        if (pulled.Value.IsComplete)
        {
            copy.Clear();
        }

        foreach (string id in pulled.Value.Removed)
        {
            copy.Remove(id);
        }

        foreach (ProviderItem item in pulled.Value.Upserted)
        {
            copy[item.Id] = item;
        }

        return pulled.Value.Next;
    }

    private sealed class AsyncEnd(GoogleUnderTest subject) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await subject.DisposeAsync();
    }
}

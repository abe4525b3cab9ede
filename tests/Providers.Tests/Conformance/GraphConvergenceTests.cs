using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Simulators.Graph;
using CalendarActors.Simulators.Graph.Delta;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Kit;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>
/// Two clients, events that move in time and between calendars, lost answers, lost cursors, odd pages: whatever happened,
/// the copy shows in its window what Outlook shows, by pulls alone, and each write of ours is there once or not at all.
/// </summary>
public sealed class GraphConvergenceTests
{
    private const int Steps = 50;
    private const string Meanwhile = "somebody else acts";

    private static readonly Interval Window = new(Instant.FromUtc(2027, 1, 15, 0, 0), Instant.FromUtc(2027, 6, 1, 0, 0));

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
        var subject = new GraphUnderTest(new GraphSimulatorOptions
        {
            Seed = seed,
            Time = time,
            AccessTokenLife = TimeSpan.FromDays(1_000),
            PageSize = random.Next(1, 10),
        });
        await subject.InitializeAsync();
        await using var end = new AsyncEnd(subject);
        GraphSimulator simulator = subject.Simulator;
        string calendar = simulator.AddCalendar(subject.User, "Shared").Id;
        var history = new GraphHistory(simulator, calendar, simulator.AddCalendar(subject.User, "Other").Id, random);
        Plan(simulator.Faults, history);

        var copy = new GraphCopy(subject, calendar, Window);
        Dictionary<string, HashSet<string?>> possible = new(StringComparer.Ordinal);
        for (int step = 0; step < Steps; step++)
        {
            switch (random.Next(10))
            {
                case 0 or 1 or 2:
                    history.Step();
                    break;
                case 3 or 4:
                    await WriteAsync(copy, calendar, $"own{random.Next(4)}b", $"Ours {step}", random, possible);
                    break;
                case 5:
                    await DeleteAsync(subject, calendar, $"own{random.Next(4)}b", possible);
                    break;
                case 6:
                    time.Advance(TimeSpan.FromSeconds(random.Next(4)));
                    break;
                case 7 when random.Next(4) == 0:
                    await copy.ReconcileAsync();
                    break;
                default:
                    await copy.PullAsync();
                    break;
            }
        }

        simulator.Faults.Clear();
        time.Advance(TimeSpan.FromHours(1));
        await copy.PullAsync();
        await copy.PullAsync();

        (string truth, string ours) = (GraphTruth.Of(simulator, calendar, Window), GraphTruth.Of(copy.Items.Values, Window));
        Assert.True(truth == ours, $"seed {seed}:\n{truth}\nbut our copy:\n{ours}");
        foreach ((string key, HashSet<string?> states) in possible)
        {
            string?[] there = GraphTruth.OfKey(simulator, calendar, key);
            Assert.True(
                there.Length <= 1 && states.Contains(there.FirstOrDefault()),
                $"seed {seed}: {key} is {string.Join(" and ", there)}, not {string.Join(" or ", states)}");
        }

        Assert.True(simulator.MostConcurrent(subject.User) <= 4, $"seed {seed}: too much at the same time");
        await AssertNothingToRepairAsync(copy, seed);
    }

    // What a reconciliation repairs is what pulls have missed.
    private static async Task AssertNothingToRepairAsync(GraphCopy copy, int seed)
    {
        PullChanges repairs = (await copy.ReconcileAsync())!;
        Assert.True(repairs.IsEmpty, $"seed {seed}: {repairs.Upserted.Length} changed, {repairs.Removed.Length} gone");
    }

    private static void Plan(FaultScript faults, GraphHistory history)
    {
        faults.Register(Meanwhile, history.Step);
        foreach (string request in new[]
        {
            RequestClasses.Delta, RequestClasses.Event, RequestClasses.Events, RequestClasses.CreateEvent,
            RequestClasses.UpdateEvent, RequestClasses.DeleteEvent, RequestClasses.Batch,
        })
        {
            faults.Randomly(request, 0.08, Fault.OfProvider(Meanwhile));
            faults.Randomly(request, 0.02, Fault.ResetBefore);
            faults.Randomly(request, 0.02, Fault.LoseAnswer);
            faults.Randomly(request, 0.02, Fault.CutAnswer);
            faults.Randomly(request, 0.02, Fault.Answer(503));
            faults.Randomly(request, 0.02, Fault.Answer(429, TimeSpan.FromSeconds(7)));
            faults.Randomly(request, 0.01, Fault.Answer(401));
        }

        faults.Randomly(RequestClasses.Delta, 0.04, Fault.OfProvider(DeltaFaults.EmptyPage));
        faults.Randomly(RequestClasses.Delta, 0.04, Fault.OfProvider(DeltaFaults.Repeat));
        faults.Randomly(RequestClasses.Delta, 0.04, Fault.OfProvider(DeltaFaults.Replay));
        faults.Randomly(RequestClasses.Delta, 0.04, Fault.OfProvider(DeltaFaults.MastersMissing));
        faults.Randomly(RequestClasses.Delta, 0.01, Fault.OfProvider(DeltaFaults.Gone));
        faults.Randomly(RequestClasses.Delta, 0.01, Fault.OfProvider(DeltaFaults.GoneAsBadRequest));
    }

    private static async Task WriteAsync(
        GraphCopy copy, string calendar, string key, string summary, Random random, Dictionary<string, HashSet<string?>> possible)
    {
        var change = new EventChange
        {
            Start = CalendarTime.InZone(new LocalDateTime(2027, 3, 9, 9, 30), "Europe/Berlin"),
            End = CalendarTime.InZone(new LocalDateTime(2027, 3, 9, 10, 15), "Europe/Berlin"),
            Summary = summary,
            Rules = Domain.Events.Change<ImmutableArray<RecurrenceRule>>.To(random.Next(2) == 0 ? [] : [new() { Frequency = RecurrenceFrequency.Weekly, Count = 4 }]),
        };
        ProviderResult<ProviderItem> result = await copy.Subject.Provider.WriteAsync(
            copy.Subject.Typed, calendar, new ProviderWrite(key, null, null, change), default);
        if (result.IsSuccess)
        {
            copy.Items[result.Value.Id] = result.Value;
        }

        possible.Note(key, summary, result.IsSuccess);
        Assert.True(result.Fault?.Kind is not (ProviderFaultKind.Rejected or ProviderFaultKind.NotFound), result.ToString());
    }

    private static async Task DeleteAsync(
        GraphUnderTest subject, string calendar, string key, Dictionary<string, HashSet<string?>> possible)
    {
        ProviderResult<string> result = await subject.Provider.DeleteAsync(subject.Typed, calendar, key, null, default);
        possible.Note(key, null, result.IsSuccess);
    }

    private sealed class AsyncEnd(GraphUnderTest subject) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await subject.DisposeAsync();
    }
}

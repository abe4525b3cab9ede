using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;
using CalendarActors.Simulators.Kit;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Simulators.Tests.Google;

/// <summary>Whatever happens in a calendar and on the way, a reader that follows the rules ends with the truth.</summary>
public sealed class ConvergenceTests
{
    private const string Ada = "ada@example.org";
    private const int Rounds = 40;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Reader_WhenTheHistoryAndTheFaultsAreRandom_EndsWithTheTruth(int seed)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
        await using GoogleSimulator google = await GoogleSimulator.StartAsync(new()
        {
            Seed = seed,
            Time = time,
            PagesMoveWhileReading = seed % 2 == 0,
        });
        google.AddUser(Ada, "Ada");
        using var caller = new Caller(google, google.IssueTokens(Ada).AccessToken);
        var random = new Random(seed);
        var reader = new PlainReader(google, caller, Ada);
        Plan(google);

        for (int round = 0; round < Rounds; round++)
        {
            Happen(google, random, round);
            google.ReadLag = random.Next(4) == 0 ? TimeSpan.FromSeconds(random.Next(30)) : TimeSpan.Zero;
            time.Advance(TimeSpan.FromSeconds(5));
            await reader.ReadAsync(random.Next(1, 4), () =>
            {
                if (random.Next(4) == 0)
                {
                    Happen(google, random, round);
                }
            });
        }

        google.Faults.Clear();
        time.Advance(TimeSpan.FromMinutes(1));
        await reader.ReadAsync(250, () => { });

        Assert.Equal(reader.Truth, reader.Kept);
        Assert.InRange(reader.FullReads, 2, Rounds);
    }

    private static void Plan(GoogleSimulator google)
    {
        google.Faults.Randomly(GoogleRequests.Listing, 0.05, Fault.Answer(503));
        google.Faults.Randomly(GoogleRequests.Listing, 0.1, Fault.OfProvider(GoogleSeams.EmptyPage));
        google.Faults.Randomly(GoogleRequests.Listing, 0.1, Fault.OfProvider(GoogleSeams.RepeatItem));
        google.Faults.Randomly(GoogleRequests.Listing, 0.05, Fault.OfProvider(GoogleSeams.RefusePageToken));
        google.Faults.Randomly(GoogleRequests.Listing, 0.1, Fault.OfProvider(GoogleSeams.StaleRead));
        google.Faults.OnCall(GoogleRequests.Listing, 30, Fault.OfProvider(GoogleSeams.InvalidateSyncTokens));
    }

    private static void Happen(GoogleSimulator google, Random random, int round)
    {
        JsonObject[] living = [.. google.ListEvents(Ada).Where(item => item.Text("status") != "cancelled")];
        JsonObject? one = living.Length == 0 ? null : living[random.Next(living.Length)];
        string instance = $"202703{11 + (7 * random.Next(3))}T130000Z";
        switch (random.Next(6), one)
        {
            case (0, _) or (_, null):
                google.PutEvent(Ada, Samples.Single($"Single {round}"));
                break;
            case (1, _):
                google.PutEvent(Ada, Samples.Series($"Series {round}", "RRULE:FREQ=WEEKLY;COUNT=3"));
                break;
            case (2, { } series) when series["recurrence"] is not null:
                google.PatchEvent(Ada, $"{series.Id()}_{instance}", new JsonObject { ["summary"] = $"Exception {round}", ["status"] = "confirmed" });
                break;
            case (3, { } series) when series["recurrence"] is not null:
                google.PatchEvent(Ada, $"{series.Id()}_{instance}", new JsonObject { ["status"] = "cancelled" });
                break;
            case (4, { } gone):
                google.DeleteEvent(Ada, gone.Id());
                break;
            case (_, { } changed):
                google.PatchEvent(Ada, changed.Id(), new JsonObject { ["summary"] = $"Changed {round}" });
                break;
        }
    }
}

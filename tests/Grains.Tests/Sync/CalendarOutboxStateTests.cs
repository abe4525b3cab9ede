using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>Who waits for whom when an application deletes everything that it has.</summary>
public sealed class CalendarOutboxStateTests
{
    private const string Mine = "app_1";
    private const string Other = "app_2";

    private static readonly Instant Now = Instant.FromUtc(2026, 2, 1, 12, 0);

    [Fact]
    public void IsHeld_WhenAClearingIsBefore_IsSoForItsApplicationsLaterWritesOnly()
    {
        CalendarOutboxState outbox = new CalendarOutboxState().With(Clearing(5));

        Assert.True(outbox.IsHeld(Intent(6)));
        Assert.False(outbox.IsHeld(Intent(4)));
        Assert.False(outbox.IsHeld(Intent(6, Other)));
        Assert.False(new CalendarOutboxState().IsHeld(Intent(6)));
    }

    [Fact]
    public void HasTurn_WhileAWriteBeforeItWaits_IsNotSoUntilTheProviderTookIt()
    {
        ClearingState clearing = Clearing(5);
        CalendarOutboxState outbox = new CalendarOutboxState().With(clearing);
        GuardState guard = new("item", null, Now);

        Assert.True(outbox.HasTurn(clearing));
        Assert.False(outbox.With(Intent(4)).HasTurn(clearing));
        Assert.True(outbox.With(Intent(4) with { Guard = guard }).HasTurn(clearing));
        Assert.True(outbox.With(Intent(6)).HasTurn(clearing));
        Assert.True(outbox.With(Intent(4, Other)).HasTurn(clearing));
    }

    [Fact]
    public void With_WhenTheApplicationClearsAgain_HasTheLaterOneAndThoseOfOthers()
    {
        CalendarOutboxState outbox = new CalendarOutboxState().With(Clearing(5)).With(Clearing(6, Other)).With(Clearing(7));

        Assert.Equal([6L, 7L], outbox.Clearings.Select(c => c.Sequence));
        Assert.Equal(7, outbox.LastSequence);
    }

    /// <summary>A round that ends after a newer clearing was accepted must not end that one.</summary>
    [Fact]
    public void Replace_WhenALaterOneHasTakenItsPlace_LeavesThat()
    {
        CalendarOutboxState outbox = new CalendarOutboxState().With(Clearing(5)).With(Clearing(7));

        Assert.Equal([7L], outbox.Replace(Clearing(5), by: null).Clearings.Select(c => c.Sequence));
        Assert.Equal([0], outbox.Replace(Clearing(5), Clearing(5) with { Attempts = 3 }).Clearings.Select(c => c.Attempts));
        Assert.Equal([3], outbox.Replace(Clearing(7), Clearing(7) with { Attempts = 3 }).Clearings.Select(c => c.Attempts));
        Assert.Empty(outbox.Replace(Clearing(7), by: null).Clearings);
    }

    private static ClearingState Clearing(long sequence, string client = Mine) => new(sequence, client, Now, null, 0);

    private static IntentState Intent(long sequence, string client = Mine) =>
        new(sequence, client, "e", Change: null, Now, null, 0, null);
}

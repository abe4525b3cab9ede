using CalendarActors.Domain.Channels;
using CsCheck;
using NodaTime;

namespace CalendarActors.Domain.Tests.Channels;

public sealed class DeliveryRulesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 2, 1, 12, 0);

    private static readonly Delivery Fresh = new(1, NotificationKind.Change, Start, 7, DeliveryProgress.Pending, Start);

    private static readonly CallbackAnswer Refused = new(CallbackOutcome.Refused, 500);

    [Theory]
    [InlineData(CallbackOutcome.Accepted, DeliveryProgress.Delivered)]
    [InlineData(CallbackOutcome.Gone, DeliveryProgress.Failed)]
    [InlineData(CallbackOutcome.Refused, DeliveryProgress.Pending)]
    [InlineData(CallbackOutcome.TimedOut, DeliveryProgress.Pending)]
    [InlineData(CallbackOutcome.Unreachable, DeliveryProgress.Pending)]
    [InlineData(CallbackOutcome.TlsFailed, DeliveryProgress.Pending)]
    [InlineData(CallbackOutcome.NotAllowed, DeliveryProgress.Pending)]
    public void After_WhenAnAttemptEnds_ComesSoFar(CallbackOutcome outcome, DeliveryProgress expected)
    {
        Delivery next = DeliveryRules.After(Fresh, new CallbackAnswer(outcome, 418), Start, 0.5);

        Assert.Equal((expected, 1, outcome, 418), (next.Progress, next.Attempts, next.Outcome!.Value, next.Status!.Value));
        Assert.Equal(expected == DeliveryProgress.Pending, next.NextAttempt is not null);
    }

    /// <summary>However chance falls, and whatever is asked for: never early, never longer than the longest wait, never given up early.</summary>
    [Fact]
    public void After_WhenEveryAttemptFails_IsTriedForThreeDaysAndOnceAtTheirEnd() =>
        Gen.Select(Gen.Double[0, 0.999].Array[200], Gen.Int[0, 100_000].Array[200]).Sample((chances, asked) =>
        {
            Delivery delivery = Fresh;
            Instant now = Start;
            for (int i = 0; delivery.Progress == DeliveryProgress.Pending; i++)
            {
                Duration retryAfter = Duration.FromSeconds(asked[i]);
                Delivery next = DeliveryRules.After(delivery, Refused with { RetryAfter = retryAfter }, now, chances[i]);
                Assert.Equal((delivery.IdFor("chn_1"), delivery.Since), (next.IdFor("chn_1"), next.Since));
                if (next.NextAttempt is { } due)
                {
                    Duration least = Duration.Max(
                        Duration.FromSeconds(4), Duration.Min(retryAfter, DeliveryRules.LongestAskedWait));
                    Assert.True(due == Start + DeliveryRules.Window || due - now >= least);
                    Assert.True(due > now && due - now <= DeliveryRules.LongestAskedWait);
                    now = due;
                }

                delivery = next;
            }

            Assert.True(delivery.LastAttempt - Start >= DeliveryRules.Window);
            Assert.True(delivery.Attempts >= DeliveryRules.LeastAttempts);
            return delivery.Progress == DeliveryProgress.Failed;
        });

    [Fact]
    public void After_WhenOnlyItsOwnTimesAreWaited_IsTriedAboutTwentyTimes()
    {
        Delivery delivery = Fresh;
        while (delivery.Progress == DeliveryProgress.Pending)
        {
            delivery = DeliveryRules.After(delivery, Refused, delivery.NextAttempt ?? Start, 0.5);
        }

        Assert.InRange(delivery.Attempts, 18, 22);
        Assert.Equal(Start + DeliveryRules.Window, delivery.LastAttempt);
    }

    [Fact]
    public void After_WhenWeWereAwayForTheWholeWindow_IsNotGivenUpYet()
    {
        Delivery once = DeliveryRules.After(Fresh, Refused, Start, 0.5);

        Delivery later = DeliveryRules.After(once, Refused, Start + Duration.FromDays(10), 0.5);

        Assert.Equal(DeliveryProgress.Pending, later.Progress);
        Assert.True(later.NextAttempt > Start + Duration.FromDays(10));
    }
}

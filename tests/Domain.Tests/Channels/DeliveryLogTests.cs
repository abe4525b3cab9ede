using System.Collections.Immutable;
using CalendarActors.Domain.Channels;
using CsCheck;
using NodaTime;

namespace CalendarActors.Domain.Tests.Channels;

public sealed class DeliveryLogTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 2, 1, 12, 0);

    private static readonly Duration Longest = Duration.FromDays(7);

    [Fact]
    public void With_WhenThereAreTooMany_KeepsTheNewest()
    {
        ImmutableArray<Delivery> log = [];
        for (int i = 1; i <= 10; i++)
        {
            log = DeliveryLog.With(log, Told(i, DeliveryProgress.Delivered), 4, Longest, Start);
        }

        Assert.Equal([7L, 8, 9, 10], log.Select(d => d.Sequence));
    }

    [Fact]
    public void With_WhenSomeAreTooOld_LetsThemGoButNotTheLast()
    {
        ImmutableArray<Delivery> log = DeliveryLog.With(
            [Told(1, DeliveryProgress.Delivered)],
            Told(2, DeliveryProgress.Delivered) with { Created = Start + Longest + Duration.FromSeconds(1) },
            4,
            Longest,
            Start + Longest + Duration.FromSeconds(1));

        Assert.Equal([2L], log.Select(d => d.Sequence));
        Assert.Single(DeliveryLog.With([], Told(1, DeliveryProgress.Delivered), 4, Longest, Start + Longest + Longest));
    }

    /// <summary>Whoever fetches late reads from the earliest change on, however much has gone from the log meanwhile.</summary>
    [Fact]
    public void With_WhenNobodyFetched_TellsFromTheEarliestOn() =>
        Gen.Int[0, 1_000].Array[1, 60].Sample(seconds =>
        {
            ImmutableArray<Delivery> log = [];
            foreach ((int index, int second) in seconds.Index())
            {
                Delivery next = Told(index + 1, DeliveryProgress.Unpushed) with { Since = Start + Duration.FromSeconds(second) };
                log = DeliveryLog.With(log, next, 5, Longest, Start);
            }

            Assert.True(log.Length <= 5);
            Assert.Equal(Start + Duration.FromSeconds(seconds.Min()), log.Min(d => d.Since));
        });

    [Fact]
    public void From_WhenAskedToTellAgain_SaysItInOneOfEachKind()
    {
        ImmutableArray<Delivery> log =
        [
            Told(1, DeliveryProgress.Delivered) with { Kind = NotificationKind.Verification, Since = null },
            Told(2, DeliveryProgress.Delivered) with { Since = Start - Duration.FromHours(9) },
            Told(3, DeliveryProgress.Delivered) with { Since = Start - Duration.FromHours(1) },
            Told(4, DeliveryProgress.Delivered) with { Kind = NotificationKind.Disconnected, Since = null },
            Told(5, DeliveryProgress.Delivered) with { Since = Start - Duration.FromHours(2) },
        ];

        Assert.Equal(
            [new Notice(NotificationKind.Change, Start - Duration.FromHours(2), 5), new Notice(NotificationKind.Disconnected, null, 4)],
            DeliveryLog.From(log, 3));
        Assert.Empty(DeliveryLog.From(log, 6));
    }

    private static Delivery Told(long sequence, DeliveryProgress progress) =>
        new(sequence, NotificationKind.Change, Start, sequence, progress, Start);
}

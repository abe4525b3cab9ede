using System.Collections.Immutable;
using CalendarActors.Domain.Grants;
using NodaTime;

namespace CalendarActors.Domain.Tests.Grants;

public sealed class LinkLedgerTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 2, 1, 12, 0);
    private static readonly LinkLedger Empty = new([]);

    [Fact]
    public void Take_WhenGood_UsesItUp()
    {
        LinkLedger ledger = Empty.With(Hash(1), Now).With(Hash(2), Now);
        LinkLedger left = ledger.Take(Hash(1), Now + LinkLedger.Lifetime - Duration.FromTicks(1))!;

        Assert.Null(left.Take(Hash(1), Now));
        Assert.NotNull(left.Take(Hash(2), Now));
    }

    [Fact]
    public void Take_WhenFiveMinutesOldOrUnknown_IsNothing()
    {
        LinkLedger ledger = Empty.With(Hash(1), Now);

        Assert.Null(ledger.Take(Hash(1), Now + Duration.FromMinutes(5)));
        Assert.Null(ledger.Take(Hash(2), Now));
        Assert.Null(ledger.Take([], Now));
        Assert.Null(ledger.Take(default, Now));
    }

    [Fact]
    public void With_WhenThereAreMany_ForgetsTheOldestAndTheExpired()
    {
        LinkLedger ledger = Enumerable.Range(0, 40).Aggregate(Empty, (l, i) => l.With(Hash(i), Now));

        Assert.Equal(LinkLedger.MaxLinks, ledger.Links.Length);
        Assert.NotNull(ledger.Take(Hash(39), Now));
        Assert.Null(ledger.Take(Hash(0), Now));
        Assert.Single(ledger.With(Hash(41), Now + LinkLedger.Lifetime).Links);
    }

    private static ImmutableArray<byte> Hash(int seed) => [.. Enumerable.Repeat((byte)seed, 32)];
}

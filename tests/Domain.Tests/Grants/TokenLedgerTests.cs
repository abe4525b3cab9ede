using System.Collections.Immutable;
using CalendarActors.Domain.Grants;
using NodaTime;

namespace CalendarActors.Domain.Tests.Grants;

public sealed class TokenLedgerTests
{
    private const string Uri = "https://app.example/back";
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 0, 0);
    private static int _next;

    [Fact]
    public void Code_WhenExchangedInTime_GivesItsScopeOnce()
    {
        ImmutableArray<byte> code = Hash();
        TokenLedger ledger = TokenLedger.Empty.WithCode(code, "read_events", Uri, null, Now);

        LedgerAnswer answer = Redeem(ledger, code, now: Now + TokenLedger.CodeLifetime - Duration.Epsilon);

        Assert.Null(answer.Error);
        Assert.Equal("read_events", answer.Scope);
        Assert.Equal(TokenErrors.InvalidGrant, Redeem(answer.Ledger!, code).Error);
    }

    [Fact]
    public void Code_WhenExactlyItsLifetimeOld_IsWorthless()
    {
        ImmutableArray<byte> code = Hash();
        TokenLedger ledger = TokenLedger.Empty.WithCode(code, "read_events", Uri, null, Now);

        LedgerAnswer answer = Redeem(ledger, code, now: Now + TokenLedger.CodeLifetime);

        Assert.Equal(TokenErrors.InvalidGrant, answer.Error);
        Assert.Null(answer.Ledger);
    }

    [Theory]
    [InlineData(Challenge, Verifier, Uri, true)]
    [InlineData(null, null, Uri, true)]
    [InlineData(Challenge, null, Uri, false)]
    [InlineData(Challenge, Challenge, Uri, false)]
    [InlineData(null, Verifier, Uri, false)]
    [InlineData(Challenge, Verifier, Uri + "/", false)]
    [InlineData(Challenge, Verifier, null, false)]
    public void Code_WhenExchanged_IsBoundToRedirectUriAndChallenge(
        string? challenge, string? verifier, string? redirectUri, bool isGood)
    {
        ImmutableArray<byte> code = Hash();
        TokenLedger ledger = TokenLedger.Empty.WithCode(code, "read_events", Uri, challenge, Now);

        LedgerAnswer answer = ledger.Redeem(code, redirectUri, verifier, Hash(), Hash(), Now);

        Assert.Equal(isGood, answer.Error is null);

        // A wrong guess changes nothing.
        Assert.Equal(isGood, answer.Ledger is not null);
    }

    [Fact]
    public void SecondUse_WhenOneOfTwoCodes_EndsItsOwnFamilyOnly()
    {
        (ImmutableArray<byte> one, ImmutableArray<byte> two) = (Hash(), Hash());
        (ImmutableArray<byte> accessOne, ImmutableArray<byte> accessTwo) = (Hash(), Hash());
        TokenLedger ledger = TokenLedger.Empty
            .WithCode(one, "read_events", Uri, null, Now).WithCode(two, "read_events", Uri, null, Now);
        ledger = ledger.Redeem(one, Uri, null, accessOne, Hash(), Now).Ledger!;
        ledger = ledger.Redeem(two, Uri, null, accessTwo, Hash(), Now).Ledger!;

        ledger = Redeem(ledger, one, now: Now + Duration.FromHours(2) / 3).Ledger!;

        Assert.Null(ledger.Find(accessOne, Now));
        Assert.NotNull(ledger.Find(accessTwo, Now));
        Assert.Single(ledger.Refresh);
    }

    [Fact]
    public void Refresh_WhenItDoesNotRotate_StaysAndLeavesOlderAccessTokensGood()
    {
        (TokenLedger ledger, ImmutableArray<byte> refresh, ImmutableArray<byte> first) = Pair();
        ImmutableArray<byte> second = Hash();

        LedgerAnswer answer = ledger.Renew(refresh, null, rotates: false, second, Hash(), Now + Duration.FromMinutes(1));

        Assert.True(answer.KeepsRefreshToken);
        Assert.NotNull(answer.Ledger!.Find(first, Now));
        Assert.NotNull(answer.Ledger.Find(second, Now));
        Assert.Null(answer.Ledger.Find(first, Now + TokenLedger.AccessLifetime));
        Assert.Single(answer.Ledger.Refresh);
    }

    [Fact]
    public void Rotation_WhenTheNewPairIsUsed_EndsTheOlderGenerations()
    {
        (TokenLedger ledger, ImmutableArray<byte> old, _) = Pair();
        (ImmutableArray<byte> access, ImmutableArray<byte> fresh) = (Hash(), Hash());
        ledger = ledger.Renew(old, null, rotates: true, access, fresh, Now).Ledger!;

        Assert.Null(ledger.Renew(old, null, rotates: true, Hash(), Hash(), Now).Error);
        TokenLedger afterAccess = ledger.AfterUseOf(ledger.Find(access, Now)!)!;
        TokenLedger afterRefresh = ledger.Renew(fresh, null, rotates: true, Hash(), Hash(), Now).Ledger!;

        Assert.Equal(TokenErrors.InvalidGrant, afterAccess.Renew(old, null, rotates: true, Hash(), Hash(), Now).Error);
        Assert.Null(afterAccess.Renew(fresh, null, rotates: true, Hash(), Hash(), Now).Error);
        Assert.Equal(TokenErrors.InvalidGrant, afterRefresh.Renew(old, null, rotates: true, Hash(), Hash(), Now).Error);
        Assert.Null(afterAccess.AfterUseOf(afterAccess.Find(access, Now)!));
    }

    [Theory]
    [InlineData("read_events", "read_free_busy", null)]
    [InlineData("read_write", "read_events create_event", null)]
    [InlineData("read_only", "read_only", null)]
    [InlineData("read_free_busy", "read_events", TokenErrors.InvalidScope)]
    [InlineData("read_events", "read_events create_event", TokenErrors.InvalidScope)]
    [InlineData("read_events", "nonsense", TokenErrors.InvalidScope)]
    public void Refresh_WhenAScopeIsAsked_MayOnlyShrinkIt(string granted, string asked, string? error)
    {
        ImmutableArray<byte> refresh = Hash();
        TokenLedger ledger = TokenLedger.Empty.WithPair(granted, Hash(), refresh, Now);

        LedgerAnswer answer = ledger.Renew(refresh, asked, rotates: false, Hash(), Hash(), Now);

        Assert.Equal(error, answer.Error);
        Assert.Equal(error is null ? asked : null, answer.Scope);

        // The refresh token itself keeps its scope (RFC 6749 section 6).
        Assert.Null(ledger.Renew(refresh, null, rotates: false, Hash(), Hash(), Now).Error);
    }

    [Fact]
    public void Ledger_WhenTokensAreIssuedForEver_StaysBoundedAndForgetsTheOldest()
    {
        (TokenLedger ledger, ImmutableArray<byte> refresh, ImmutableArray<byte> first) = Pair();
        ImmutableArray<byte> last = default;
        for (int i = 0; i < 500; i++)
        {
            last = Hash();
            ledger = ledger.Renew(refresh, null, rotates: false, last, Hash(), Now).Ledger!;
            ledger = ledger.WithCode(Hash(), "read_events", Uri, null, Now);
        }

        Assert.Equal(TokenLedger.MaxAccess, ledger.Access.Length);
        Assert.Equal(TokenLedger.MaxCodes, ledger.Codes.Length);
        Assert.Null(ledger.Find(first, Now));
        Assert.NotNull(ledger.Find(last, Now));
        for (int i = 0; i < 100; i++)
        {
            ledger = ledger.WithPair("read_events", Hash(), Hash(), Now);
        }

        Assert.Equal(TokenLedger.MaxRefresh, ledger.Refresh.Length);
        Assert.Equal(TokenErrors.InvalidGrant, ledger.Renew(refresh, null, rotates: false, Hash(), Hash(), Now).Error);
    }

    private static (TokenLedger Ledger, ImmutableArray<byte> Refresh, ImmutableArray<byte> Access) Pair()
    {
        (ImmutableArray<byte> access, ImmutableArray<byte> refresh) = (Hash(), Hash());
        return (TokenLedger.Empty.WithPair("read_events", access, refresh, Now), refresh, access);
    }

    private static LedgerAnswer Redeem(TokenLedger ledger, ImmutableArray<byte> code, Instant? now = null) =>
        ledger.Redeem(code, Uri, null, Hash(), Hash(), now ?? Now);

    private static ImmutableArray<byte> Hash()
    {
        byte[] hash = new byte[32];
        BitConverter.TryWriteBytes(hash, ++_next);
        return [.. hash];
    }
}

using System.Security.Cryptography;
using CalendarActors.Domain.Authorization;

namespace CalendarActors.Domain.Tests.Authorization;

public sealed class TokenTests
{
    private static readonly byte[] MacKey = SHA256.HashData("mac"u8);
    private static readonly byte[] Random = SHA256.HashData("random"u8);

    [Theory]
    [InlineData(TokenKind.Access, "acc_0123456789abcdef01234567")]
    [InlineData(TokenKind.Refresh, "apc_0123456789abcdef01234567")]
    [InlineData(TokenKind.Code, "acc_0123456789abcdef01234567")]
    [InlineData(TokenKind.ClientSecret, "app_77aa")]
    public void Parse_OfAMintedToken_GivesItsParts(TokenKind kind, string grainKey)
    {
        Token minted = Token.Mint(kind, "app_77aa", grainKey, Random, MacKey);

        Assert.True(Token.TryParse(minted.Text, MacKey, out Token? parsed));
        Assert.Equal((kind, "app_77aa", grainKey), (parsed.Kind, parsed.ClientId, parsed.GrainKey));
        Assert.Equal(minted.Hash, parsed.Hash);
    }

    [Fact]
    public void Parse_WhenAnyCharacterIsChanged_Refuses()
    {
        string text = Token.Mint(TokenKind.Access, "app_77aa", "acc_01", Random, MacKey).Text;

        for (int i = 0; i < text.Length; i++)
        {
            string changed = text[..i] + (text[i] == 'x' ? 'y' : 'x') + text[(i + 1)..];
            Assert.False(Token.TryParse(changed, MacKey, out _), $"changed at {i}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("undefined")]
    [InlineData("None")]
    [InlineData("at_.")]
    [InlineData("at_a_b.c")]
    [InlineData("at__.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("at_é_acc_1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Parse_OfAnythingElse_Refuses(string? text) => Assert.False(Token.TryParse(text, MacKey, out _));

    [Fact]
    public void Parse_UnderAnotherInstallationsKey_Refuses()
    {
        string text = Token.Mint(TokenKind.Access, "app_77aa", "acc_01", Random, MacKey).Text;

        Assert.False(Token.TryParse(text, SHA256.HashData("other"u8), out _));
    }

    [Fact]
    public void Print_OfAToken_ShowsNoSecret()
    {
        Token token = Token.Mint(TokenKind.Access, "app_77aa", "acc_01", Random, MacKey);

        Assert.DoesNotContain(token.Text[^20..], token.ToString(), StringComparison.Ordinal);
    }
}

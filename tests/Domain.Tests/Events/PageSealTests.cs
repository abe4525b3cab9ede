using System.Security.Cryptography;
using CalendarActors.Domain.Events;

namespace CalendarActors.Domain.Tests.Events;

public sealed class PageSealTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly PageSeal Seal = new(Key, RandomNumberGenerator.GetBytes(PageSeal.PrefixLength));
    private static readonly byte[] Content = [1, 2, 3];

    [Fact]
    public void Open_OfWhatWasClosed_IsTheContent()
    {
        Assert.True(Seal.TryOpen("acc_1", "events", now: 99, Close(expires: 100), out byte[]? content));
        Assert.Equal(Content, content);
    }

    [Theory]
    [InlineData("acc_2", "events", 99)]
    [InlineData("acc_1", "busy", 99)]
    [InlineData("acc_1", "events", 100)]
    public void Open_ByAnotherGrantKindOrTooLate_Fails(string grant, string kind, long now) =>
        Assert.False(Seal.TryOpen(grant, kind, now, Close(expires: 100), out _));

    [Fact]
    public void Open_WithAnyCharacterChanged_Fails()
    {
        string text = Close(expires: 100);
        for (int i = 0; i < text.Length; i++)
        {
            string changed = text[..i] + (text[i] == 'A' ? 'Q' : 'A') + text[(i + 1)..];
            Assert.False(Seal.TryOpen("acc_1", "events", 99, changed, out _), $"character {i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef01234567")]
    [InlineData("not base64!")]
    [InlineData("ä")]
    public void Open_OfAnythingElse_Fails(string text) =>
        Assert.False(Seal.TryOpen("acc_1", "events", 99, text, out _));

    [Fact]
    public void Close_Always_CanStandInAPath() => Assert.Matches("^[A-Za-z0-9_-]+$", Close(expires: 100));

    [Fact]
    public void Close_OfTheSame_NeverGivesTheSameText() => Assert.NotEqual(Close(expires: 100), Close(expires: 100));

    [Fact]
    public void Open_InAnotherProcessWithTheSameKey_IsTheContent()
    {
        using PageSeal other = new(Key, RandomNumberGenerator.GetBytes(PageSeal.PrefixLength));

        Assert.True(other.TryOpen("acc_1", "events", 99, Close(expires: 100), out _));
    }

    private static string Close(long expires) => Seal.Close("acc_1", "events", expires, Content);
}

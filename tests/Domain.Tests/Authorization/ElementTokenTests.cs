using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Secrets;
using NodaTime;

namespace CalendarActors.Domain.Tests.Authorization;

public sealed class ElementTokenTests
{
    private static readonly DerivedKeys Keys = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly Instant Now = Instant.FromUtc(2026, 2, 1, 12, 0);
    private static readonly ElementToken Whole =
        new("app_1", ["agenda", "availability"], ["acc_1", "acc_2"], [], "https://app.example.com", Now + ElementToken.Lifetime);

    [Fact]
    public void Open_OfASealedToken_GivesItsParts()
    {
        ElementToken opened = ElementToken.Open(Keys, Whole.Seal(Keys))!;

        Assert.Equal((Whole.ClientId, Whole.Origin, Whole.ExpiresAt), (opened.ClientId, opened.Origin, opened.ExpiresAt));
        Assert.Equal(Whole.Permissions.AsEnumerable(), opened.Permissions);
        Assert.Equal(Whole.Subs.AsEnumerable(), opened.Subs);
        Assert.Equal(64_800, ElementToken.Lifetime.TotalSeconds);
        Assert.DoesNotContain("acc_1", opened.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfATokenWithBookableEvents_GivesThem()
    {
        ElementToken opened = ElementToken.Open(Keys, (Whole with { BookableEventIds = ["class-1", "b"] }).Seal(Keys))!;

        Assert.Equal("class-1 b", string.Join(" ", opened.BookableEventIds));
        Assert.Equal((Whole.Origin, Whole.ExpiresAt), (opened.Origin, opened.ExpiresAt));
        Assert.Empty(ElementToken.Open(Keys, Whole.Seal(Keys))!.BookableEventIds);
    }

    /// <summary>Made by the version before tokens named bookable events: silos of both versions run side by side.</summary>
    [Fact]
    public void Seal_OfATokenWithoutBookableEvents_IsWhatTheFormerVersionMade() => Assert.Equal(
        "et_AQVhcHBfMQIGYWdlbmRhDGF2YWlsYWJpbGl0eQIFYWNjXzEFYWNjXzIXaHR0cHM6Ly9hcHAuZXhhbXBsZS5jb21gPYBpAAAAAA",
        Whole.Seal(Keys).Split('.')[0]);

    [Fact]
    public void Open_WhenAnyCharacterIsChangedOrMissing_Refuses()
    {
        string text = Whole.Seal(Keys);

        for (int i = 0; i < text.Length; i++)
        {
            Assert.Null(ElementToken.Open(Keys, text[..i] + (text[i] == 'x' ? 'y' : 'x') + text[(i + 1)..]));
            Assert.Null(ElementToken.Open(Keys, text.Remove(i, 1)));
            Assert.Null(ElementToken.Open(Keys, text[..i]));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("et_")]
    [InlineData("et_.")]
    [InlineData("undefined")]
    [InlineData("et_ÄÖÜ.ÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄ")]
    public void Open_OfSomethingElse_Refuses(string? text) => Assert.Null(ElementToken.Open(Keys, text));

    [Fact]
    public void Open_WithAnotherInstallationsKeys_Refuses() =>
        Assert.Null(ElementToken.Open(new DerivedKeys(new byte[32]), Whole.Seal(Keys)));

    [Fact]
    public void Open_OfTheLongest_Works()
    {
        ElementToken longest = Whole with
        {
            Permissions = [.. ElementPermissions.Known],
            Subs = [.. Enumerable.Range(0, ElementToken.MaxSubs).Select(i => $"acc_{i:x24}")],
            BookableEventIds =
            [
                .. Enumerable.Range(0, ElementToken.MaxBookableEvents)
                    .Select(i => $"{i}".PadLeft(ElementToken.MaxBookableEventText / ElementToken.MaxBookableEvents, 'x')),
            ],
            Origin = "https://" + string.Join('.', Enumerable.Repeat(new string('x', 62), 4)),
        };

        ElementToken opened = ElementToken.Open(Keys, longest.Seal(Keys))!;
        Assert.Equal(longest.Subs.AsEnumerable(), opened.Subs);
        Assert.Equal(longest.BookableEventIds.AsEnumerable(), opened.BookableEventIds);
    }

    [Fact]
    public void Permits_WhenAsked_KnowsItsOwnWordsUntilItsEnd()
    {
        Assert.True(Whole.Permits(["account_management", "agenda"], Now));
        Assert.False(Whole.Permits(["account_management"], Now));
        Assert.False(Whole.Permits([], Now));
        Assert.True(Whole.Permits(["agenda"], Whole.ExpiresAt - Duration.FromTicks(1)));
        Assert.False(Whole.Permits(["agenda"], Whole.ExpiresAt));
    }

    [Theory]
    [InlineData("https://app.example.com", "https://app.example.com")]
    [InlineData("https://app.example.com/", "https://app.example.com")]
    [InlineData("HTTPS://App.Example.COM:443", "https://app.example.com")]
    [InlineData("http://localhost:3000", "http://localhost:3000")]
    [InlineData("http://[::1]:80", "http://[::1]")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    [InlineData("https://app.example.com/page", null)]
    [InlineData("https://app.example.com?", null)]
    [InlineData("https://app.example.com#x", null)]
    [InlineData("https://user@app.example.com", null)]
    [InlineData("ftp://app.example.com", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("app.example.com", null)]
    [InlineData("null", null)]
    [InlineData("*", null)]
    [InlineData("https://", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void OriginOf_AnyText_IsAsABrowserWritesItOrNothing(string? text, string? origin) =>
        Assert.Equal(origin, ElementToken.OriginOf(text));

    [Theory]
    [InlineData("agenda", "read_write", "list_calendars read_events read_free_busy")]
    [InlineData("agenda", "free_busy", "list_calendars read_free_busy")]
    [InlineData("agenda", "create_event", "")]
    [InlineData("account_management", "read_write", "list_calendars")]
    [InlineData("account_management", "delete_event", "")]
    public void ScopeOf_WhateverIsGranted_IsOnlyReadingAndNoMoreThanThat(string permission, string granted, string scope) =>
        Assert.Equal(scope, ElementPermissions.ScopeOf([permission], granted));
}

using CalendarActors.Domain.Applications;

namespace CalendarActors.Domain.Tests.Applications;

public sealed class RedirectUrisTests
{
    [Theory]
    [InlineData("https://app.example/back")]
    [InlineData("http://localhost:3000/")]
    [InlineData("https://app.example/back?tenant=1&x=%20")]
    [InlineData("https://app.example")]
    public void RedirectUri_WhenAbsoluteAndPlain_IsFine(string text) => Assert.Null(RedirectUris.ProblemOf(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/back")]
    [InlineData("app.example/back")]
    [InlineData("myapp://back")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("https://app.example/#x")]
    [InlineData("https://app.example/#")]
    [InlineData("https://user:password@app.example/")]
    [InlineData("https://app.example/a b")]
    [InlineData("https://app.example/\u00e4")]
    [InlineData("https://app.example/\nx")]
    [InlineData("https://app.example/?iss=x")]
    [InlineData("https://app.example/?a=1&%63ode=x")]
    [InlineData("https://app.example/?state")]
    public void RedirectUri_WhenItCouldMislead_IsRefused(string? text) => Assert.NotNull(RedirectUris.ProblemOf(text));

    [Theory]
    [InlineData("https://a.example/", "https://a.example/?code=c&state=s%26%20%C3%A4")]
    [InlineData("https://a.example/?x=1", "https://a.example/?x=1&code=c&state=s%26%20%C3%A4")]
    public void Answer_WhenAdded_KeepsTheQueryAndEscapesValues(string uri, string expected) =>
        Assert.Equal(expected, RedirectUris.With(uri, ("code", "c"), ("error", null), ("state", "s& \u00e4")));
}

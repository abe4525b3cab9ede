using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Domain.Tests.Authorization;

public sealed class RelinkLinksTests
{
    private static readonly DerivedKeys Keys = new(new byte[32]);

    [Fact]
    public void Link_WhenMadeHere_LeadsToItsConnection()
    {
        string link = RelinkLinks.For(Keys, "https://c.example", "pro_abc123");

        Assert.StartsWith("https://c.example/relink/pro_abc123.", link, StringComparison.Ordinal);
        Assert.Equal("pro_abc123", RelinkLinks.ConnectionOf(Keys, link.Split('/')[^1]));
    }

    [Fact]
    public void Link_WhenChangedAnywhereOrOfOtherKeys_LeadsNowhere()
    {
        string segment = RelinkLinks.For(Keys, "", "pro_abc123").Split('/')[^1];
        for (int i = 0; i < segment.Length; i++)
        {
            char other = segment[i] == 'a' ? 'b' : 'a';
            Assert.Null(RelinkLinks.ConnectionOf(Keys, segment[..i] + other + segment[(i + 1)..]));
        }

        Assert.Null(RelinkLinks.ConnectionOf(new DerivedKeys([1, .. new byte[31]]), segment));
        Assert.Null(RelinkLinks.ConnectionOf(Keys, segment[..^1]));
        Assert.Null(RelinkLinks.ConnectionOf(Keys, null));
        Assert.Null(RelinkLinks.ConnectionOf(Keys, ""));
        Assert.Null(RelinkLinks.ConnectionOf(Keys, ".x"));
    }
}

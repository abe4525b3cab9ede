using System.Resources;
using System.Text.RegularExpressions;
using CalendarActors.Gateway.Pages;
using CalendarActors.Grains.Interfaces.Authorization;

namespace CalendarActors.Gateway.Tests.Pages;

public sealed partial class TextsTests
{
    private static readonly ResourceManager Texts = new("CalendarActors.Gateway.Pages.Texts", typeof(GatewayComposition).Assembly);

    [Fact]
    public void Outcome_WhenItIsShownOnTheForm_HasASentence()
    {
        ConnectOutcome[] elsewhere =
            [ConnectOutcome.Connected, ConnectOutcome.OwnedByAnother, ConnectOutcome.TooManyAttempts, ConnectOutcome.Expired];

        Assert.All(
            Enum.GetValues<ConnectOutcome>().Except(elsewhere),
            outcome => Assert.NotNull(Texts.GetString($"outcome.{outcome}")));
    }

    [Fact]
    public void Outcome_WhenItIsSaidAfterAProvider_HasASentence() => Assert.All(
        Enum.GetValues<ConnectOutcome>().Where(ReturnedModel.IsSaidHere),
        outcome => Assert.NotNull(Texts.GetString($"returned.{outcome}")));

    [Theory]
    [InlineData("read_write")]
    [InlineData("read_only")]
    [InlineData("free_busy")]
    [InlineData("write_only")]
    [InlineData("create_event")]
    public void Scope_WhenPutIntoWords_HasEverySentence(string scope)
    {
        AccessInWords access = AccessInWords.Of(scope);

        Assert.All(access.May, word => Assert.NotNull(Texts.GetString($"may.{word}")));
        Assert.All(access.MayNot, word => Assert.NotNull(Texts.GetString($"maynot.{word}")));
        Assert.Contains("password", access.MayNot);
    }

    [Fact]
    public void Access_WhenFreeBusyOnly_SaysThatEventsStayUnread()
    {
        AccessInWords access = AccessInWords.Of("free_busy");

        Assert.Contains("read_free_busy", access.May);
        Assert.Contains("events", access.MayNot);
        Assert.Contains("change", access.MayNot);
        Assert.DoesNotContain("read_events", access.May);
    }

    [Fact]
    public void Page_WhenItNamesAText_FindsIt()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CalendarActors.sln")))
        {
            root = root.Parent;
        }

        string[] names =
        [
            .. Directory.GetFiles(Path.Combine(root!.FullName, "src/Gateway/Pages"), "*.cs*")
                .SelectMany(file => TextName().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups[1].Value)
                .Distinct(StringComparer.Ordinal),
        ];

        Assert.True(names.Length > 20);
        Assert.All(names, name => Assert.NotNull(Texts.GetString(name)));
    }

    [GeneratedRegex("""Text\["([a-z.]+)"[\],]""", RegexOptions.None, 1000)]
    private static partial Regex TextName();
}

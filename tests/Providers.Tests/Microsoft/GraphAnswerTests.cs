using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Tests.Conformance;
using CalendarActors.Simulators.Graph;

namespace CalendarActors.Providers.Tests.Microsoft;

/// <summary>What answering an invitation asks of Graph, against its simulator.</summary>
public sealed class GraphAnswerTests : IAsyncLifetime
{
    private readonly GraphUnderTest _subject = new();
    private string _calendar = "";

    private GraphSimulator Simulator => _subject.Simulator;

    public async Task InitializeAsync()
    {
        await _subject.InitializeAsync();
        _calendar = Simulator.AddCalendar(_subject.User, "Work").Id;
    }

    public Task DisposeAsync() => _subject.DisposeAsync();

    [Theory]
    [InlineData(ParticipationStatus.Accepted, "accept")]
    [InlineData(ParticipationStatus.Declined, "decline")]
    [InlineData(ParticipationStatus.Tentative, "tentativelyAccept")]
    public async Task Answer_HoweverOftenItIsAsked_IsSentOnce(ParticipationStatus status, string word)
    {
        string id = await InvitationAsync();

        Assert.True((await AnswerAsync(id, status)).IsSuccess);
        Assert.True((await AnswerAsync(id, status)).IsSuccess);

        string sent = Assert.Single(Simulator.Requests.All.Where(r => r.Method == "POST" && r.Path.Contains("/events/", StringComparison.Ordinal)).Select(r => r.Path));
        Assert.EndsWith($"/{word}", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_WhenDeclinedMeetingsLeaveTheCalendar_SaysThatItIsGone()
    {
        string id = await InvitationAsync();
        Simulator.DropDeclined(_subject.User);

        Assert.Equal(ProviderFaultKind.NotFound, (await AnswerAsync(id, ParticipationStatus.Declined)).Fault?.Kind);
        Assert.Empty(await _subject.ListAsync(_calendar));
    }

    private async Task<string> InvitationAsync()
    {
        await _subject.StoreAsync(_calendar, "m.ics", EventTexts.Invitation("m@elsewhere.example", _subject.Address));
        return Assert.Single(await _subject.ListAsync(_calendar));
    }

    private Task<ProviderResult<ProviderItem>> AnswerAsync(string id, ParticipationStatus status) => _subject.Provider.AnswerAsync(
        _subject.Typed, _calendar, new ProviderAnswer(id, new EventAnswer(_subject.Address, status)), CancellationToken.None);
}

using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.TestKit.Machine;
using static CalendarActors.Providers.Tests.Conformance.EventTexts;

namespace CalendarActors.Providers.Tests.Conformance;

public abstract partial class ProviderConformanceTests
{
    [SuiteFact]
    public async Task Answer_WhenThePersonIsInvited_IsKeptAndSaidOnce()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        ProviderItem before = await InvitationAsync(access, calendar, "planning.ics");

        ProviderItem accepted = Value(await Provider.AnswerAsync(access, calendar, Answer(before, ParticipationStatus.Accepted), None));
        ProviderItem again = Value(await Provider.AnswerAsync(access, calendar, Answer(before, ParticipationStatus.Accepted), None));
        ProviderItem doubtful = Value(await Provider.AnswerAsync(access, calendar, Answer(before, ParticipationStatus.Tentative), None));

        Assert.Equal(ParticipationStatus.NeedsAction, OwnStatus(before));
        Assert.Equal((ParticipationStatus.Accepted, before.Id), (OwnStatus(accepted), accepted.Id));
        Assert.NotEqual(before.Version, accepted.Version);
        Assert.Equal(accepted.Version, again.Version);
        Assert.Equal(ParticipationStatus.Tentative, OwnStatus(doubtful));
        Assert.Equal(
            [ParticipationStatus.Tentative],
            doubtful.Object.Master!.Content.Attendees.Where(a => !a.IsSameMailbox(subject.Address)).Select(a => a.Status));
        Assert.Equal("Planning", doubtful.Object.Master.Content.Summary);
        Assert.Equal("boss@elsewhere.example", doubtful.Object.Master.Content.Organizer?.Email);
        if (subject.KeepsText)
        {
            string text = (await subject.ReadAsync(calendar, before.Id))!.Replace("\r\n ", "", StringComparison.Ordinal);
            Assert.Contains("X-OWN=kept", text, StringComparison.Ordinal);
            Assert.Contains("ROLE=OPT-PARTICIPANT", text, StringComparison.Ordinal);
            Assert.Contains("SEQUENCE:3", text, StringComparison.Ordinal);
        }
    }

    [SuiteFact]
    public async Task Answer_WhenPulledAfterwards_IsThere()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        ProviderItem before = await InvitationAsync(access, calendar, "planning.ics");
        PullChanges first = Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None));
        ProviderItem declined = Value(await Provider.AnswerAsync(access, calendar, Answer(before, ParticipationStatus.Declined), None));

        PullChanges after = Value(await Provider.PullAsync(access, PullRequest.From(calendar, first.Next), None));

        ProviderItem pulled = Assert.Single(after.Upserted);
        Assert.Equal((declined.Id, declined.Version), (pulled.Id, pulled.Version));
        Assert.Equal(declined.Object, pulled.Object);
        Assert.Equal(ParticipationStatus.Declined, OwnStatus(pulled));
    }

    [SuiteFact]
    public async Task Pull_OfAMeetingThatThePersonDeclined_TakesNoTimeUntilTheyAccept()
    {
        (ProviderAccess typed, string calendar) = await NewCalendarAsync();
        ProviderAccess access = typed with { Addresses = [subject.Address] };
        ProviderItem before = await InvitationAsync(access, calendar, "planning.ics");

        ProviderItem declined = Value(await Provider.AnswerAsync(access, calendar, Answer(before, ParticipationStatus.Declined), None));
        ProviderItem pulled = Assert.Single(Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None)).Upserted);
        ProviderItem accepted = Value(await Provider.AnswerAsync(access, calendar, Answer(before, ParticipationStatus.Accepted), None));

        Assert.Equal(
            (true, subject.KeepsDeclinedTime, subject.KeepsDeclinedTime, true),
            (TakesTime(before), TakesTime(declined), TakesTime(pulled), TakesTime(accepted)));
    }

    private static bool TakesTime(ProviderItem item) => item.Object.Master!.Content.Transparency.TakesTime();

    [SuiteFact]
    public async Task Answer_WhenThePersonIsNotInvited_IsRefused()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "own.ics", Simple(Uid("own"), "Own"));
        ProviderItem own = Assert.Single(Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None)).Upserted);

        ProviderResult<ProviderItem> result =
            await Provider.AnswerAsync(access, calendar, Answer(own, ParticipationStatus.Accepted), None);

        Assert.Equal(ProviderFaultKind.Rejected, result.Fault?.Kind);
    }

    [SuiteFact]
    public async Task Answer_WhenTheMeetingIsGone_SaysSo()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        ProviderItem before = await InvitationAsync(access, calendar, "planning.ics");
        await subject.RemoveAsync(calendar, before.Id);

        ProviderResult<ProviderItem> result =
            await Provider.AnswerAsync(access, calendar, Answer(before, ParticipationStatus.Accepted), None);

        Assert.Equal(ProviderFaultKind.NotFound, result.Fault?.Kind);
    }

    [SuiteFact]
    public async Task Write_WhenTheEventMustExistAndIsGone_IsNotMadeAnew()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        ProviderItem item = Value(await Provider.WriteAsync(access, calendar, Create(Key("other"), "Another's"), None));
        await subject.RemoveAsync(calendar, item.Id);

        ProviderResult<ProviderItem> result = await Provider.WriteAsync(
            access,
            calendar,
            Create(Key("other"), "Changed") with { ItemId = item.Id, ItemVersion = item.Version, MustExist = true },
            None);

        Assert.Equal(ProviderFaultKind.NotFound, result.Fault?.Kind);
        Assert.Empty(await subject.ListAsync(calendar));
    }

    [SuiteFact]
    public async Task Write_WhenTheEventIsAnothersAndTentative_LeavesItTentative()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "maybe.ics", Simple(Uid("maybe"), "Maybe").Replace(
            "SUMMARY:", "STATUS:TENTATIVE\r\nSUMMARY:", StringComparison.Ordinal));
        ProviderItem before = Assert.Single(Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None)).Upserted);
        EventDefinition master = before.Object.Master!;
        var change = new EventChange { Start = master.Start, End = master.End, Summary = "Changed", KeepsStatus = true };

        ProviderItem after = Value(await Provider.WriteAsync(
            access, calendar, new ProviderWrite(Key("nobody"), before.Id, before.Version, change) { MustExist = true }, None));

        Assert.Equal(("Changed", master.Content.Status), (after.Object.Master!.Content.Summary, after.Object.Master.Content.Status));
    }

    private async Task<ProviderItem> InvitationAsync(ProviderAccess access, string calendar, string name)
    {
        await subject.StoreAsync(calendar, name, Invitation(Uid("planning"), subject.Address));
        return Assert.Single(Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None)).Upserted);
    }

    private ProviderAnswer Answer(ProviderItem item, ParticipationStatus status) => new(item.Id, new EventAnswer(subject.Address, status));

    private ParticipationStatus OwnStatus(ProviderItem item) =>
        item.Object.Master!.Content.Attendees.Single(a => a.IsSameMailbox(subject.Address)).Status;
}

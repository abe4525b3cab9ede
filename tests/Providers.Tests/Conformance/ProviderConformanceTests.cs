using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using CalendarActors.TestKit.Machine;
using NodaTime;
using static CalendarActors.Providers.Tests.Conformance.EventTexts;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>What every adapter does, whatever is behind it. A provider is done when it inherits this and passes.</summary>
public abstract partial class ProviderConformanceTests(ProviderUnderTest subject)
{
    private static int _lastName;

    private static CancellationToken None => CancellationToken.None;

    private ICalendarProvider Provider => subject.Provider;

    [SuiteFact]
    public async Task Connect_WhenTheLoginIsRight_SaysWhoItIsAndHasOnePrimaryCalendar()
    {
        ProviderAccount account = await ConnectedAsync();
        await NewCalendarAsync();
        ProviderAccount again = Value(await Provider.ConnectAsync(account.Access, None));
        ImmutableArray<ProviderCalendar> listed = await ListedAsync(account.Access);

        Assert.Equal(subject.Typed.UserName, account.ProfileName);
        Assert.Equal((account.Issuer, account.Subject, account.Access), (again.Issuer, again.Subject, again.Access));
        Assert.Equal(again.Calendars.AsEnumerable(), listed);
        Assert.True(listed.Length >= 1);
        Assert.Single(listed, calendar => calendar.IsPrimary);
        Assert.DoesNotContain(account.Access.Secret, account.ToString(), StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task Connect_WhenThePasswordIsWrong_IsRefused()
    {
        ProviderResult<ProviderAccount> result = await Provider.ConnectAsync(subject.Typed with { Secret = "wrong" }, None);

        if (subject.ChecksPasswords)
        {
            Assert.Equal(ProviderFaultKind.AuthDead, result.Fault?.Kind);
        }
        else
        {
            Assert.True(result.IsSuccess);
        }
    }

    [SuiteFact]
    public async Task CreateCalendar_WhenTheNameIsTaken_MakesAnotherOfThatName()
    {
        ProviderAccount account = await ConnectedAsync();
        string name = $"Büro & Co. {Interlocked.Increment(ref _lastName)}";

        ProviderCalendar first = Value(await Provider.CreateCalendarAsync(account.Access, name, "#112233", None));
        ProviderCalendar second = Value(await Provider.CreateCalendarAsync(account.Access, name, null, None));

        ImmutableArray<ProviderCalendar> listed = await ListedAsync(account.Access);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((name, false, subject.ColorOf("#112233")), (first.Name, first.IsReadOnly, first.Color));
        Assert.Contains(listed, c => c.Id == first.Id && c.Name == name && c.Color == subject.ColorOf("#112233"));
        Assert.Contains(listed, c => c.Id == second.Id && c.Name == subject.SecondNameOf(name));
    }

    [SuiteFact]
    public async Task ListCalendars_WhenOneWasDeleted_LeavesItOut()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.RemoveCalendarAsync(calendar);

        ImmutableArray<ProviderCalendar> listed = await ListedAsync(access);

        Assert.DoesNotContain(listed, c => c.Id == calendar);
    }

    [SuiteFact]
    public async Task ListCalendars_WhenAskedWithACursor_TellsEveryChangeAndAtMostSparesWhatIsKnown()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        CalendarListing all = Value(await Provider.ListCalendarsAsync(access, null, None));

        CalendarListing same = Value(await Provider.ListCalendarsAsync(access, all.Next, None));
        string name = $"Added {Interlocked.Increment(ref _lastName)}";
        await Provider.CreateCalendarAsync(access, name, null, None);
        CalendarListing added = Value(await Provider.ListCalendarsAsync(access, same.Next, None));
        await subject.RemoveCalendarAsync(calendar);
        CalendarListing removed = Value(await Provider.ListCalendarsAsync(access, added.Next, None));
        CalendarListing unknown = Value(await Provider.ListCalendarsAsync(access, "nonsense", None));

        Assert.Contains(all.Calendars!.Value, c => c.Id == calendar);
        Assert.Equal(all.Next is null, same.Calendars is not null);
        Assert.Contains(added.Calendars!.Value, c => c.Name == subject.SecondNameOf(name) || c.Name == name);
        Assert.DoesNotContain(removed.Calendars!.Value, c => c.Id == calendar);
        Assert.Equal(removed.Calendars.Value.AsEnumerable(), unknown.Calendars!.Value);
    }

    [SuiteFact]
    public async Task Pull_WhenItIsTheFirst_HasEverything()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "one.ics", Simple(Uid("one"), "First"));
        await subject.StoreAsync(calendar, "two.ics", Rich(Uid("two")));

        PullChanges pulled = Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None));

        Assert.True(pulled.IsComplete);
        Assert.Equal([Uid("one"), Uid("two")], pulled.Upserted.Select(i => i.Object.Uid).Order(StringComparer.Ordinal));
        Assert.All(pulled.Upserted, item => Assert.NotNull(item.Version));
        CalendarObject rich = pulled.Upserted.Single(i => i.Object.Uid == Uid("two")).Object;
        Assert.Equal(CalendarTime.InZone(new LocalDateTime(2027, 3, 11, 14, 0), "Europe/Berlin"), rich.Master!.Start);
        Assert.Equal("Wöchentliches Treffen", rich.Master.Content.Summary);
        Assert.Equal("Zeile eins\nZeile zwei, mit Komma", rich.Master.Content.Description);
        Assert.Equal(10, Assert.Single(rich.Rules).Count);
        Assert.Equal("Verschoben", Assert.Single(rich.Overrides).Definition.Content.Summary);
        Assert.Single(rich.Excluded);
    }

    [SuiteFact]
    public async Task Pull_WhenTheCalendarIsEmpty_IsCompleteAndEmpty()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();

        PullChanges pulled = Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None));

        Assert.True(pulled.IsComplete);
        Assert.Empty(pulled.Upserted);
        Assert.True(Value(await Provider.PullAsync(access, PullRequest.From(calendar, pulled.Next), None)).IsEmpty);
    }

    [SuiteFact]
    public async Task Pull_WhenThingsChanged_HasJustThose()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "stays.ics", Simple(Uid("stays"), "Stays"));
        await subject.StoreAsync(calendar, "changes.ics", Simple(Uid("changes"), "Before"));
        await subject.StoreAsync(calendar, "goes.ics", Simple(Uid("goes"), "Goes"));
        PullChanges first = Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None));
        string gone = first.Upserted.Single(i => i.Object.Uid == Uid("goes")).Id;

        await subject.StoreAsync(calendar, "changes.ics", Simple(Uid("changes"), "After"));
        await subject.StoreAsync(calendar, "comes.ics", Simple(Uid("comes"), "Comes"));
        await subject.RemoveAsync(calendar, gone);
        await subject.StoreAsync(calendar, "passes.ics", Simple(Uid("passes"), "Passes"));
        await subject.RemoveAsync(calendar, subject.Sibling(gone, "goes.ics", "passes.ics"));
        PullChanges second = Value(await Provider.PullAsync(access, PullRequest.From(calendar, first.Next), None));
        PullChanges third = Value(await Provider.PullAsync(access, PullRequest.From(calendar, second.Next), None));

        Assert.False(second.IsComplete);
        Assert.Equal([Uid("changes"), Uid("comes")], second.Upserted.Select(i => i.Object.Uid).Order(StringComparer.Ordinal));
        Assert.Equal("After", second.Upserted.Single(i => i.Object.Uid == Uid("changes")).Object.Master!.Content.Summary);
        Assert.Contains(gone, second.Removed);
        Assert.True(third.IsEmpty);
    }

    [SuiteFact]
    public async Task Pull_WhenManyEventsCame_HasAllOfThem()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        PullChanges empty = Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None));
        for (int i = 0; i < 120; i++)
        {
            await subject.StoreAsync(calendar, $"many-{i}.ics", Simple(Uid($"many-{i}"), $"Event {i}"));
        }

        PullChanges changed = Value(await Provider.PullAsync(access, PullRequest.From(calendar, empty.Next), None));
        PullChanges all = Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None));

        Assert.Equal(120, changed.Upserted.Length);
        Assert.Equal(120, all.Upserted.Length);
    }

    [SuiteFact]
    public async Task Pull_WhenTheCursorIsForeign_AsksForANewGeneration()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "one.ics", Simple(Uid("one"), "One"));

        foreach (string cursor in new[] { "nonsense", "1~s~~http%3A%2F%2Fexample.com%2Fforeign-token", "" })
        {
            ProviderResult<PullChanges> result = await Provider.PullAsync(access, PullRequest.From(calendar, cursor), None);

            Assert.Equal(ProviderFaultKind.ResyncRequired, result.Fault?.Kind);
        }
    }

    [SuiteFact]
    public async Task Pull_WhenTheCalendarIsGone_SaysSo()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        PullChanges first = Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None));
        await subject.RemoveCalendarAsync(calendar);

        Assert.Equal(ProviderFaultKind.NotFound, (await Provider.PullAsync(access, PullRequest.From(calendar, null), None)).Fault?.Kind);
        Assert.Equal(ProviderFaultKind.NotFound, (await Provider.PullAsync(access, PullRequest.From(calendar, first.Next), None)).Fault?.Kind);
        Assert.Equal(ProviderFaultKind.NotFound, (await Provider.ReconcileAsync(access, PullRequest.Knowing(calendar, null, Known([])), None)).Fault?.Kind);
        Assert.Equal(ProviderFaultKind.NotFound, (await Provider.WriteAsync(access, calendar, Create(Key("k1"), "X"), None)).Fault?.Kind);
    }

    [SuiteFact]
    public async Task Pull_WhenThePasswordNoLongerHolds_IsRefused()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();

        ProviderResult<PullChanges> result = await Provider.PullAsync(access with { Secret = "wrong" }, PullRequest.From(calendar, null), None);

        Assert.Equal(subject.ChecksPasswords ? ProviderFaultKind.AuthDead : null, result.Fault?.Kind);
    }

    [SuiteFact]
    public async Task Reconcile_WhenNothingDiffers_IsEmpty()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "one.ics", Simple(Uid("one"), "One"));
        PullChanges first = Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None));

        PullChanges reconciled = Value(await Provider.ReconcileAsync(access, PullRequest.Knowing(calendar, null, Known(first.Upserted)), None));

        Assert.True(reconciled.IsEmpty);
    }

    [SuiteFact]
    public async Task Reconcile_WhenOurCopyIsWrong_HasEveryDifferenceAndAGoodCursor()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "same.ics", Simple(Uid("same"), "Same"));
        await subject.StoreAsync(calendar, "stale.ics", Simple(Uid("stale"), "Before"));
        PullChanges first = Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None));
        Dictionary<string, KnownVersion> known = Known(first.Upserted);
        string ghost = subject.Sibling(first.Upserted[0].Id, ".ics", "-ghost.ics");
        known[ghost] = new KnownVersion("\"1\"", false);
        await subject.StoreAsync(calendar, "stale.ics", Simple(Uid("stale"), "After"));
        await subject.StoreAsync(calendar, "missed.ics", Simple(Uid("missed"), "Missed"));

        PullChanges reconciled = Value(await Provider.ReconcileAsync(access, PullRequest.Knowing(calendar, null, known), None));
        PullChanges next = Value(await Provider.PullAsync(access, PullRequest.From(calendar, reconciled.Next), None));

        Assert.False(reconciled.IsComplete);
        Assert.Equal([Uid("missed"), Uid("stale")], reconciled.Upserted.Select(i => i.Object.Uid).Order(StringComparer.Ordinal));
        Assert.Equal([ghost], reconciled.Removed.AsEnumerable());
        Assert.True(next.IsEmpty);
    }

    [SuiteFact]
    public async Task Call_WhenCancelled_Throws()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Provider.PullAsync(access, PullRequest.From(calendar, null), new CancellationToken(canceled: true)));
    }

    // One of a server's UIDs may be unique over all calendars of a login (Cyrus), and tests share the login.
    private readonly string _own = $"{Interlocked.Increment(ref _lastName)}";

    private string Uid(string name) => $"{name}-{_own}@other.example";

    private string Key(string name) => $"{name}{_own}";

    protected static EventChange Timed(string summary) => new()
    {
        Start = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 9, 30), "Europe/Berlin"),
        End = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 10, 15), "Europe/Berlin"),
        Summary = summary,
    };

    protected static ProviderWrite Create(string key, string summary) => new(key, null, null, Timed(summary));

    private static Dictionary<string, KnownVersion> Known(IEnumerable<ProviderItem> items) =>
        items.ToDictionary(i => i.Id, i => new KnownVersion(i.Version, false), StringComparer.Ordinal);

    protected static T Value<T>(ProviderResult<T> result)
        where T : class
    {
        Assert.True(result.IsSuccess, result.ToString());
        return result.Value;
    }

    protected async Task<ProviderAccount> ConnectedAsync() => Value(await Provider.ConnectAsync(subject.Typed, None));

    protected async Task<(ProviderAccess Access, string CalendarId)> NewCalendarAsync()
    {
        ProviderAccount account = await ConnectedAsync();
        ProviderCalendar calendar = Value(await Provider.CreateCalendarAsync(
            account.Access, $"Test {Interlocked.Increment(ref _lastName)}", null, None));
        return (account.Access, calendar.Id);
    }

    private async Task<ImmutableArray<ProviderCalendar>> ListedAsync(ProviderAccess access) =>
        Value(await Provider.ListCalendarsAsync(access, null, None)).Calendars!.Value;
}

using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;
using static CalendarActors.Providers.Tests.Conformance.EventTexts;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>What every adapter does, whatever is behind it. A provider is done when it inherits this and passes.</summary>
public abstract class ProviderConformanceTests(ProviderUnderTest subject)
{
    private static int _lastName;

    private static CancellationToken None => CancellationToken.None;

    private ICalendarProvider Provider => subject.Provider;

    [Fact]
    public async Task Connect_WhenTheLoginIsRight_SaysWhoItIsAndHasOnePrimaryCalendar()
    {
        ProviderAccount account = await ConnectedAsync();
        await NewCalendarAsync();
        ProviderAccount listed = Value(await Provider.ListCalendarsAsync(account.Access, None));

        Assert.Equal(subject.Typed.UserName, account.ProfileName);
        Assert.Equal((account.Issuer, account.Subject, account.Access), (listed.Issuer, listed.Subject, listed.Access));
        Assert.True(listed.Calendars.Length >= 1);
        Assert.Single(listed.Calendars, calendar => calendar.IsPrimary);
        Assert.DoesNotContain(listed.Access.Secret, account.ToString(), StringComparison.Ordinal);
    }

    [Fact]
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

    [Fact]
    public async Task CreateCalendar_WhenTheNameIsTaken_MakesAnotherOfThatName()
    {
        ProviderAccount account = await ConnectedAsync();
        string name = $"Büro & Co. {Interlocked.Increment(ref _lastName)}";

        ProviderCalendar first = Value(await Provider.CreateCalendarAsync(account.Access, name, "#112233", None));
        ProviderCalendar second = Value(await Provider.CreateCalendarAsync(account.Access, name, null, None));

        ProviderAccount listed = Value(await Provider.ListCalendarsAsync(account.Access, None));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((name, false, "#112233"), (first.Name, first.IsReadOnly, first.Color));
        Assert.Contains(listed.Calendars, c => c.Id == first.Id && c.Name == name && c.Color == "#112233");
        Assert.Contains(listed.Calendars, c => c.Id == second.Id && c.Name == name);
    }

    [Fact]
    public async Task ListCalendars_WhenOneWasDeleted_LeavesItOut()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.RemoveCalendarAsync(calendar);

        ProviderAccount listed = Value(await Provider.ListCalendarsAsync(access, None));

        Assert.DoesNotContain(listed.Calendars, c => c.Id == calendar);
    }

    [Fact]
    public async Task Pull_WhenItIsTheFirst_HasEverything()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "one.ics", Simple(Uid("one"), "First"));
        await subject.StoreAsync(calendar, "two.ics", Rich(Uid("two")));

        PullChanges pulled = Value(await Provider.PullAsync(access, calendar, null, None));

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

    [Fact]
    public async Task Pull_WhenTheCalendarIsEmpty_IsCompleteAndEmpty()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();

        PullChanges pulled = Value(await Provider.PullAsync(access, calendar, null, None));

        Assert.True(pulled.IsComplete);
        Assert.Empty(pulled.Upserted);
        Assert.True(Value(await Provider.PullAsync(access, calendar, pulled.Next, None)).IsEmpty);
    }

    [Fact]
    public async Task Pull_WhenThingsChanged_HasJustThose()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "stays.ics", Simple(Uid("stays"), "Stays"));
        await subject.StoreAsync(calendar, "changes.ics", Simple(Uid("changes"), "Before"));
        await subject.StoreAsync(calendar, "goes.ics", Simple(Uid("goes"), "Goes"));
        PullChanges first = Value(await Provider.PullAsync(access, calendar, null, None));
        string gone = first.Upserted.Single(i => i.Object.Uid == Uid("goes")).Id;

        await subject.StoreAsync(calendar, "changes.ics", Simple(Uid("changes"), "After"));
        await subject.StoreAsync(calendar, "comes.ics", Simple(Uid("comes"), "Comes"));
        await subject.RemoveAsync(calendar, gone);
        await subject.StoreAsync(calendar, "passes.ics", Simple(Uid("passes"), "Passes"));
        await subject.RemoveAsync(calendar, gone.Replace("goes.ics", "passes.ics", StringComparison.Ordinal));
        PullChanges second = Value(await Provider.PullAsync(access, calendar, first.Next, None));
        PullChanges third = Value(await Provider.PullAsync(access, calendar, second.Next, None));

        Assert.False(second.IsComplete);
        Assert.Equal([Uid("changes"), Uid("comes")], second.Upserted.Select(i => i.Object.Uid).Order(StringComparer.Ordinal));
        Assert.Equal("After", second.Upserted.Single(i => i.Object.Uid == Uid("changes")).Object.Master!.Content.Summary);
        Assert.Contains(gone, second.Removed);
        Assert.True(third.IsEmpty);
    }

    [Fact]
    public async Task Pull_WhenManyEventsCame_HasAllOfThem()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        PullChanges empty = Value(await Provider.PullAsync(access, calendar, null, None));
        for (int i = 0; i < 120; i++)
        {
            await subject.StoreAsync(calendar, $"many-{i}.ics", Simple(Uid($"many-{i}"), $"Event {i}"));
        }

        PullChanges changed = Value(await Provider.PullAsync(access, calendar, empty.Next, None));
        PullChanges all = Value(await Provider.PullAsync(access, calendar, null, None));

        Assert.Equal(120, changed.Upserted.Length);
        Assert.Equal(120, all.Upserted.Length);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1~s~~http%3A%2F%2Fexample.com%2Fforeign-token")]
    [InlineData("")]
    public async Task Pull_WhenTheCursorIsForeign_AsksForANewGeneration(string cursor)
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "one.ics", Simple(Uid("one"), "One"));

        ProviderResult<PullChanges> result = await Provider.PullAsync(access, calendar, cursor, None);

        Assert.Equal(ProviderFaultKind.ResyncRequired, result.Fault?.Kind);
    }

    [Fact]
    public async Task Pull_WhenTheCalendarIsGone_SaysSo()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        PullChanges first = Value(await Provider.PullAsync(access, calendar, null, None));
        await subject.RemoveCalendarAsync(calendar);

        Assert.Equal(ProviderFaultKind.NotFound, (await Provider.PullAsync(access, calendar, null, None)).Fault?.Kind);
        Assert.Equal(ProviderFaultKind.NotFound, (await Provider.PullAsync(access, calendar, first.Next, None)).Fault?.Kind);
        Assert.Equal(ProviderFaultKind.NotFound, (await Provider.ReconcileAsync(access, calendar, Known([]), None)).Fault?.Kind);
        Assert.Equal(ProviderFaultKind.NotFound, (await Provider.WriteAsync(access, calendar, Create(Key("k1"), "X"), None)).Fault?.Kind);
    }

    [Fact]
    public async Task Pull_WhenThePasswordNoLongerHolds_IsRefused()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();

        ProviderResult<PullChanges> result = await Provider.PullAsync(access with { Secret = "wrong" }, calendar, null, None);

        Assert.Equal(subject.ChecksPasswords ? ProviderFaultKind.AuthDead : null, result.Fault?.Kind);
    }

    [Fact]
    public async Task Reconcile_WhenNothingDiffers_IsEmpty()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "one.ics", Simple(Uid("one"), "One"));
        PullChanges first = Value(await Provider.PullAsync(access, calendar, null, None));

        PullChanges reconciled = Value(await Provider.ReconcileAsync(access, calendar, Known(first.Upserted), None));

        Assert.True(reconciled.IsEmpty);
    }

    [Fact]
    public async Task Reconcile_WhenOurCopyIsWrong_HasEveryDifferenceAndAGoodCursor()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "same.ics", Simple(Uid("same"), "Same"));
        await subject.StoreAsync(calendar, "stale.ics", Simple(Uid("stale"), "Before"));
        PullChanges first = Value(await Provider.PullAsync(access, calendar, null, None));
        Dictionary<string, string?> known = Known(first.Upserted);
        string ghost = first.Upserted[0].Id.Replace(".ics", "-ghost.ics", StringComparison.Ordinal);
        known[ghost] = "\"1\"";
        await subject.StoreAsync(calendar, "stale.ics", Simple(Uid("stale"), "After"));
        await subject.StoreAsync(calendar, "missed.ics", Simple(Uid("missed"), "Missed"));

        PullChanges reconciled = Value(await Provider.ReconcileAsync(access, calendar, known, None));
        PullChanges next = Value(await Provider.PullAsync(access, calendar, reconciled.Next, None));

        Assert.False(reconciled.IsComplete);
        Assert.Equal([Uid("missed"), Uid("stale")], reconciled.Upserted.Select(i => i.Object.Uid).Order(StringComparer.Ordinal));
        Assert.Equal([ghost], reconciled.Removed.AsEnumerable());
        Assert.True(next.IsEmpty);
    }

    [Fact]
    public async Task Write_WhenTheEventIsNew_CreatesItOnceHoweverOftenItIsAsked()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        ProviderWrite write = Create(Key("abc123"), "Created");

        ProviderItem first = Value(await Provider.WriteAsync(access, calendar, write, None));
        ProviderItem again = Value(await Provider.WriteAsync(access, calendar, write, None));
        ProviderItem known = Value(await Provider.WriteAsync(access, calendar, write with { ItemId = first.Id, ItemVersion = first.Version }, None));

        PullChanges pulled = Value(await Provider.PullAsync(access, calendar, null, None));
        Assert.Equal([first.Id], await subject.ListAsync(calendar));
        Assert.Contains(Key("abc123"), first.Object.Uid, StringComparison.Ordinal);
        Assert.Equal((first.Id, first.Version), (again.Id, again.Version));
        Assert.Equal((first.Id, first.Version), (known.Id, known.Version));
        Assert.Equal((first.Id, first.Version), (pulled.Upserted[0].Id, pulled.Upserted[0].Version));
        Assert.Equal(first.Object, pulled.Upserted[0].Object);
    }

    [Fact]
    public async Task Write_WhenEveryFieldIsSet_IsReadBackAsAsked()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        EventChange change = Timed("Füße, Bücher; \"Zitat\" \\ Pfad") with
        {
            Description = Change<string>.To("Line one\nLine two; with, signs"),
            Location = Change<string?>.To("Room 5; East"),
            Geo = Change<GeoPoint?>.To(new GeoPoint("52.520008", "13.404954")),
            Url = Change<string?>.To("https://example.com/a?b=c,d;e"),
            Transparency = Change<Transparency>.To(Transparency.Transparent),
            IsPrivate = Change<bool>.To(true),
            Color = Change<string?>.To("#12AB9F"),
            Reminders = Change<ImmutableArray<int>>.To([60, 10, 0]),
            Rules = Change<ImmutableArray<RecurrenceRule>>.To([new RecurrenceRule
            {
                Frequency = RecurrenceFrequency.Monthly,
                ByDay = [new WeekdayInPeriod(IsoDayOfWeek.Wednesday, 2)],
                Until = CalendarTime.Utc(Instant.FromUtc(2027, 12, 31, 22, 59)),
            }]),
        };

        ProviderItem item = Value(await Provider.WriteAsync(access, calendar, new ProviderWrite(Key("fields1"), null, null, change), None));
        ProviderItem again = Value(await Provider.WriteAsync(access, calendar, new ProviderWrite(Key("fields1"), null, null, change), None));

        CalendarObject wanted = change.ApplyTo(null, item.Object.Uid);
        Assert.Equal(wanted.Master! with { Content = wanted.Master!.Content with { MeetingUrl = null } }, item.Object.Master);
        Assert.Equal(wanted.Rules.AsEnumerable(), item.Object.Rules);
        Assert.Equal(item.Version, again.Version);
    }

    [Fact]
    public async Task Write_WhenTheEventIsAllDay_StaysOnItsDays()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        EventChange change = new()
        {
            Start = CalendarTime.OnDate(new LocalDate(2027, 5, 1)),
            End = CalendarTime.OnDate(new LocalDate(2027, 5, 3)),
            Summary = "Two days",
        };

        ProviderItem item = Value(await Provider.WriteAsync(access, calendar, new ProviderWrite(Key("allday"), null, null, change), None));

        Assert.Equal((change.Start, change.End), (item.Object.Master!.Start, item.Object.Master.End));
        Assert.Equal(Transparency.Transparent, item.Object.Master.Content.Transparency);
    }

    [Fact]
    public async Task Write_WhenAnotherClientChangedTheEventMeanwhile_KeepsWhatTheChangeDoesNotSpeakOf()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        ProviderItem created = Value(await Provider.WriteAsync(access, calendar, Create(Key("shared"), "Ours"), None));
        string name = created.Id[(created.Id.LastIndexOf('/') + 1)..];
        string other = Simple(created.Object.Uid, "Theirs").Replace(
            "SUMMARY:", "LOCATION:Their room\r\nX-THEIRS;X-P=1:value\r\nSUMMARY:", StringComparison.Ordinal);
        await subject.StoreAsync(calendar, name, other);

        ProviderItem merged = Value(await Provider.WriteAsync(
            access, calendar, Create(Key("shared"), "Ours again") with { ItemId = created.Id, ItemVersion = created.Version }, None));

        Assert.Equal("Ours again", merged.Object.Master!.Content.Summary);
        Assert.Equal("Their room", merged.Object.Master.Content.Location);
        if (subject.KeepsText)
        {
            Assert.Contains("X-THEIRS;X-P=1:value", await subject.ReadAsync(calendar, created.Id), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Write_WhenTheSeriesIsAnothersWork_LeavesItsOverridesAndUnknownPropertiesAlone()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "rich.ics", Rich(Uid("rich")));
        ProviderItem before = Assert.Single(Value(await Provider.PullAsync(access, calendar, null, None)).Upserted);
        EventDefinition master = before.Object.Master!;
        var change = new EventChange { Start = master.Start, End = master.End, Summary = "New title" };

        ProviderItem after = Value(await Provider.WriteAsync(
            access, calendar, new ProviderWrite(Key("whatever"), before.Id, before.Version, change), None));

        Assert.NotEqual(before.Version, after.Version);
        Assert.Equal("New title", after.Object.Master!.Content.Summary);
        Assert.Equal(before.Object.Overrides.AsEnumerable(), after.Object.Overrides);
        Assert.Equal(before.Object.Excluded.AsEnumerable(), after.Object.Excluded);
        Assert.Equal(before.Object.Rules.AsEnumerable(), after.Object.Rules);
        if (subject.KeepsText)
        {
            string text = (await subject.ReadAsync(calendar, before.Id))!.Replace("\r\n ", "", StringComparison.Ordinal);
            Assert.Contains("X-OTHER-CLIENT;X-PARAM=\"a:b;c\":kept as written", text, StringComparison.Ordinal);
            Assert.Contains("X-OVERRIDE-PROPERTY:kept too", text, StringComparison.Ordinal);
            Assert.Contains("PRIORITY:5", text, StringComparison.Ordinal);
            Assert.Contains("ACTION:EMAIL", text, StringComparison.Ordinal);
            Assert.Contains("LANGUAGE=de:New title", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Write_WhenTheItemIsNotOurs_AndIsGone_SaysSo()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "theirs.ics", Simple(Uid("theirs"), "Theirs"));
        string id = Assert.Single(await subject.ListAsync(calendar));
        await subject.RemoveAsync(calendar, id);

        ProviderResult<ProviderItem> result = await Provider.WriteAsync(
            access, calendar, new ProviderWrite(Key("ours"), id, null, Timed("Ours")), None);

        Assert.Equal(ProviderFaultKind.NotFound, result.Fault?.Kind);
        Assert.Empty(await subject.ListAsync(calendar));
    }

    [Fact]
    public async Task Write_WhenPulledAfterwards_IsThereOnce()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        PullChanges before = Value(await Provider.PullAsync(access, calendar, null, None));
        ProviderItem item = Value(await Provider.WriteAsync(access, calendar, Create(Key("pulled"), "Pulled"), None));

        PullChanges after = Value(await Provider.PullAsync(access, calendar, before.Next, None));

        ProviderItem pulled = Assert.Single(after.Upserted);
        Assert.Equal((item.Id, item.Version), (pulled.Id, pulled.Version));
        Assert.Equal(item.Object, pulled.Object);
    }

    [Fact]
    public async Task Delete_WhenAskedTwice_SucceedsTwice()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        ProviderItem item = Value(await Provider.WriteAsync(access, calendar, Create(Key("brief"), "Brief"), None));

        string first = Value(await Provider.DeleteAsync(access, calendar, Key("brief"), item.Id, None));
        string again = Value(await Provider.DeleteAsync(access, calendar, Key("brief"), item.Id, None));
        string byKey = Value(await Provider.DeleteAsync(access, calendar, Key("brief"), null, None));

        Assert.Equal((item.Id, item.Id, item.Id), (first, again, byKey));
        Assert.Empty(await subject.ListAsync(calendar));
    }

    [Fact]
    public async Task Delete_WhenOnlyTheKeyIsKnown_FindsTheItem()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        ProviderItem item = Value(await Provider.WriteAsync(access, calendar, Create(Key("keyed"), "Keyed"), None));

        Assert.Equal(item.Id, Value(await Provider.DeleteAsync(access, calendar, Key("keyed"), null, None)));
        Assert.Empty(await subject.ListAsync(calendar));
    }

    [Fact]
    public async Task Call_WhenCancelled_Throws()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Provider.PullAsync(access, calendar, null, new CancellationToken(canceled: true)));
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

    private static Dictionary<string, string?> Known(IEnumerable<ProviderItem> items) =>
        items.ToDictionary(i => i.Id, i => i.Version, StringComparer.Ordinal);

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
}

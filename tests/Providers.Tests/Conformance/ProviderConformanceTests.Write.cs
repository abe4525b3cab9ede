using System.Collections.Immutable;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.TestKit.Machine;
using NodaTime;
using static CalendarActors.Providers.Tests.Conformance.EventTexts;

namespace CalendarActors.Providers.Tests.Conformance;

public abstract partial class ProviderConformanceTests
{
    [SuiteFact]
    public async Task Write_WhenTheEventIsNew_CreatesItOnceHoweverOftenItIsAsked()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        ProviderWrite write = Create(Key("abc123"), "Created");

        ProviderItem first = Value(await Provider.WriteAsync(access, calendar, write, None));
        ProviderItem again = Value(await Provider.WriteAsync(access, calendar, write, None));
        ProviderItem known = Value(await Provider.WriteAsync(access, calendar, write with { ItemId = first.Id, ItemVersion = first.Version }, None));

        PullChanges pulled = Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None));
        Assert.Equal([first.Id], await subject.ListAsync(calendar));
        Assert.Contains(Key("abc123"), first.Object.Uid, StringComparison.Ordinal);
        Assert.Equal((first.Id, first.Version), (again.Id, again.Version));
        Assert.Equal((first.Id, first.Version), (known.Id, known.Version));
        Assert.Equal((first.Id, first.Version), (pulled.Upserted[0].Id, pulled.Upserted[0].Version));
        Assert.Equal(first.Object, pulled.Upserted[0].Object);
    }

    [SuiteFact]
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

    [SuiteFact]
    public async Task Write_WhenFilesAreAttached_CarriesThemUntilTheyAreTakenOff()
    {
        if (!AttachmentRules.AreCarriedBy(Provider.Names[0]))
        {
            return;
        }

        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        AttachedFile[] files = [.. Enumerable.Range(1, 3).Select(i => new AttachedFile(
            $"https://us.example/attachments/att_{i}?key=af_1_acc_2.secret-{i}", $"F\u00fc\u00dfe {i}, (=').pdf", "application/pdf"))];
        EventChange With(params ImmutableArray<AttachedFile> attached) =>
            Timed("Files") with { Attachments = Change<ImmutableArray<AttachedFile>>.To(attached) };

        ProviderItem two = await WriteAsync(With(files[1], files[0]));
        ProviderItem again = await WriteAsync(With(files[0], files[1]));
        ProviderItem silent = await WriteAsync(Timed("Other title"));
        ProviderItem changed = await WriteAsync(With(files[1], files[2]) with { Summary = "Other title" });
        PullChanges pulled = Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None));
        ProviderItem none = await WriteAsync(With() with { Summary = "Other title" });

        Assert.Equal(files[..2], two.Object.Master!.Content.Attachments);
        Assert.Equal(
            files[..2].Select(f => (f.FileName, f.ContentType)),
            two.Object.Master.Content.Attachments.Select(f => (f.FileName, f.ContentType)));
        Assert.Equal(two.Version, again.Version);
        Assert.Equal(files[..2], silent.Object.Master!.Content.Attachments);
        Assert.Equal(files[1..], changed.Object.Master!.Content.Attachments);
        Assert.Equal(files[1..], Assert.Single(pulled.Upserted).Object.Master!.Content.Attachments);
        Assert.Empty(none.Object.Master!.Content.Attachments);

        async Task<ProviderItem> WriteAsync(EventChange change) =>
            Value(await Provider.WriteAsync(access, calendar, new ProviderWrite(Key("files1"), null, null, change), None));
    }

    [SuiteFact]
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

    [SuiteFact]
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

    [SuiteFact]
    public async Task Write_WhenTheSeriesIsAnothersWork_LeavesItsOverridesAndUnknownPropertiesAlone()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        await subject.StoreAsync(calendar, "rich.ics", Rich(Uid("rich")));
        ProviderItem before = Assert.Single(Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None)).Upserted);
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

    [SuiteFact]
    public async Task Write_WhenTheItemIsNotOursAndIsGone_SaysSo()
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

    [SuiteFact]
    public async Task Write_WhenPulledAfterwards_IsThereOnce()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        PullChanges before = Value(await Provider.PullAsync(access, PullRequest.From(calendar, null), None));
        ProviderItem item = Value(await Provider.WriteAsync(access, calendar, Create(Key("pulled"), "Pulled"), None));

        PullChanges after = Value(await Provider.PullAsync(access, PullRequest.From(calendar, before.Next), None));

        ProviderItem pulled = Assert.Single(after.Upserted);
        Assert.Equal((item.Id, item.Version), (pulled.Id, pulled.Version));
        Assert.Equal(item.Object, pulled.Object);
    }

    [SuiteFact]
    public async Task Delete_WhenAskedTwice_SucceedsTwice()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        ProviderItem item = Value(await Provider.WriteAsync(access, calendar, Create(Key("brief"), "Brief"), None));

        string first = Value(await Provider.DeleteAsync(access, calendar, Key("brief"), item.Id, None));
        string again = Value(await Provider.DeleteAsync(access, calendar, Key("brief"), item.Id, None));
        string byKey = Value(await Provider.DeleteAsync(access, calendar, Key("brief"), null, None));

        Assert.Equal((item.Id, item.Id, subject.GoneId(item.Id, Key("brief"))), (first, again, byKey));
        Assert.Empty(await subject.ListAsync(calendar));
    }

    [SuiteFact]
    public async Task Delete_WhenOnlyTheKeyIsKnown_FindsTheItem()
    {
        (ProviderAccess access, string calendar) = await NewCalendarAsync();
        ProviderItem item = Value(await Provider.WriteAsync(access, calendar, Create(Key("keyed"), "Keyed"), None));

        Assert.Equal(item.Id, Value(await Provider.DeleteAsync(access, calendar, Key("keyed"), null, None)));
        Assert.Empty(await subject.ListAsync(calendar));
    }
}

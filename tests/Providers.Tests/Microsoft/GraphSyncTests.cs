using System.Text.Json.Nodes;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.Tests.Conformance;
using CalendarActors.Simulators.Graph;
using CalendarActors.Simulators.Graph.Delta;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Kit;
using NodaTime;

namespace CalendarActors.Providers.Tests.Microsoft;

/// <summary>What only Graph does, against its simulator.</summary>
public sealed class GraphSyncTests : IAsyncLifetime
{
    private static readonly Interval Window = new(Instant.FromUtc(2027, 1, 1, 0, 0), Instant.FromUtc(2027, 9, 1, 0, 0));

    private readonly GraphUnderTest _subject = new();
    private string _calendar = "";
    private GraphCopy _copy = null!;

    private GraphSimulator Simulator => _subject.Simulator;

    public async Task InitializeAsync()
    {
        await _subject.InitializeAsync();
        _calendar = Simulator.AddCalendar(_subject.User, "Work").Id;
        _copy = new GraphCopy(_subject, _calendar, Window);
    }

    public Task DisposeAsync() => _subject.DisposeAsync();

    [Fact]
    public async Task Pull_WhenTheLastDayOfASeriesIsCancelled_KeepsTheSeriesWithoutDays()
    {
        string id = Put("Two", "2027-03-01", count: 2);
        await _copy.PullAsync();

        Simulator.DeleteEvent(_calendar, GraphSimulator.OccurrenceId(id, new(2027, 3, 1)));
        PullChanges? one = await _copy.PullAsync();
        Simulator.DeleteEvent(_calendar, GraphSimulator.OccurrenceId(id, new(2027, 3, 8)));
        PullChanges? none = await _copy.PullAsync();

        Assert.Equal([id], one!.Upserted.Select(i => i.Id));
        Assert.Equal([id], none!.Upserted.Select(i => i.Id));
        Assert.Empty(Happenings.Of(_copy.Items[id].Object, Window, DateTimeZone.Utc).Occurrences);
    }

    [Fact]
    public async Task Pull_WhenASingleLeavesTheWindow_TellsItsNewTimeAndLaterItsEnd()
    {
        string id = Put("Moves", "2027-03-01");
        await _copy.PullAsync();

        Simulator.PatchEvent(_calendar, id, Times("2031-03-01"));
        PullChanges? moved = await _copy.PullAsync();
        Simulator.DeleteEvent(_calendar, id);
        PullChanges? deleted = await _copy.PullAsync();

        Assert.Equal(2031, Assert.Single(moved!.Upserted).Object.Master!.Start.Local.Year);
        Assert.Empty(moved.Removed);
        Assert.Equal([id], deleted!.Removed.AsEnumerable());
    }

    [Fact]
    public async Task Pull_WhenAnEventGoesToAnotherCalendar_RemovesIt()
    {
        string other = Simulator.AddCalendar(_subject.User, "Elsewhere").Id;
        string single = Put("Single", "2027-03-01");
        string series = Put("Series", "2027-03-02", count: 5);
        await _copy.PullAsync();

        Simulator.MoveEvent(_calendar, single, other);
        Simulator.MoveEvent(_calendar, series, other);
        PullChanges? changes = await _copy.PullAsync();

        Assert.Subset(changes!.Removed.ToHashSet(StringComparer.Ordinal), new HashSet<string>([single, series], StringComparer.Ordinal));
        Assert.Empty(_copy.Items);
    }

    [Fact]
    public async Task Pull_WhenWhereAnEventIsCannotBeAsked_FailsInsteadOfKeepingIt()
    {
        string id = Put("Single", "2027-03-01");
        await _copy.PullAsync();
        Simulator.MoveEvent(_calendar, id, Simulator.AddCalendar(_subject.User, "Elsewhere").Id);

        Simulator.Faults.Next(RequestClasses.Event, Fault.None, Fault.Answer(503));
        Assert.Null(await _copy.PullAsync());
        await _copy.PullAsync();

        Assert.Empty(_copy.Items);
    }

    [Fact]
    public async Task Pull_WhenThereAreManySeries_AsksForTwentyInARequest()
    {
        for (int i = 0; i < 45; i++)
        {
            Put($"Series {i}", "2027-03-01", count: 3);
        }

        Simulator.Requests.Clear();
        await _copy.PullAsync();
        (int batches, int singles) = (Simulator.Requests.Count(RequestClasses.Batch), Simulator.Requests.Count(RequestClasses.Event));

        Assert.Equal(45, _copy.Items.Count);
        Assert.All(_copy.Items.Values, item => Assert.False(item.Object.Rules.IsEmpty));
        Assert.Equal((3, 0), (batches, singles));
        Assert.Equal(1, Simulator.MostConcurrent(_subject.User));
    }

    [Fact]
    public async Task Pull_WhenOnePartOfABatchIsThrottled_FailsAndWaitsAsLongAsItSays()
    {
        Put("One", "2027-03-01", count: 3);
        Put("Two", "2027-03-01", count: 3);
        Simulator.Faults.Next(RequestClasses.Event, Fault.None, Fault.Answer(429, TimeSpan.FromSeconds(70)));

        ProviderFault? fault = (await _subject.Provider.PullAsync(_subject.Typed, PullRequest.From(_calendar, null) with { Window = Window }, default)).Fault;

        Assert.Equal(ProviderFaultKind.Throttled, fault?.Kind);
        Assert.InRange(fault!.NotBefore!.Value - Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()), Duration.FromSeconds(30), Duration.FromSeconds(70));
    }

    [Fact]
    public async Task CompletePull_WhenAnApplicationsEventLiesFarAhead_LooksItUp()
    {
        ProviderItem far = await WriteAsync("ownfar", new LocalDateTime(2033, 1, 1, 9, 0));
        ProviderItem gone = await WriteAsync("owngone", new LocalDateTime(2033, 1, 2, 9, 0));
        (_copy.Items[far.Id], _copy.Items[gone.Id]) = (far, gone);
        Simulator.DeleteEvent(_calendar, gone.Id);

        PullChanges? changes = await _copy.PullAsync();

        Assert.True(changes!.IsComplete);
        Assert.Equal([far.Id], _copy.Items.Keys);
        Assert.True(changes.Covers!.Value.Start < Window.Start && changes.Covers.Value.End > Window.End);
    }

    [Fact]
    public async Task Pull_WhenSinglesAreTheirs_AsksForNoneByItself()
    {
        for (int i = 0; i < 30; i++)
        {
            Put($"Theirs {i}", "2027-03-01");
        }

        await _copy.PullAsync();
        Simulator.Requests.Clear();
        await _copy.PullAsync();

        Assert.Equal(30, _copy.Items.Count);
        Assert.Equal(0, Simulator.Requests.Count(RequestClasses.Event));
        Assert.Equal(1, Simulator.Requests.Count(RequestClasses.Delta));
    }

    [Theory]
    [InlineData(DeltaFaults.Gone)]
    [InlineData(DeltaFaults.GoneAsBadRequest)]
    public async Task Pull_WhenTheLinkIsWorthless_AsksForANewGeneration(string seam)
    {
        string cursor = (await _copy.PullAsync())!.Next;
        Simulator.Faults.Next(RequestClasses.Delta, Fault.OfProvider(seam));

        Assert.Equal(
            ProviderFaultKind.ResyncRequired,
            (await _subject.Provider.PullAsync(_subject.Typed, Request(cursor), default)).Fault?.Kind);
    }

    [Fact]
    public async Task Pull_WhenMastersAreLeftOut_AsksForThem()
    {
        string id = Put("Series", "2027-03-01", count: 3);
        Simulator.Faults.Next(RequestClasses.Delta, Fault.OfProvider(DeltaFaults.MastersMissing));

        await _copy.PullAsync();

        Assert.Equal("Series", _copy.Items[id].Object.Master!.Content.Summary);
    }

    [Fact]
    public async Task Write_WhenSomebodyActsBetweenReadingAndWriting_MergesBoth()
    {
        ProviderItem item = await WriteAsync("ownkey", new LocalDateTime(2027, 4, 1, 9, 0));
        Simulator.Faults.Register("theirs", () => Simulator.PatchEvent(
            _calendar, item.Id, new JsonObject { ["location"] = new JsonObject { ["displayName"] = "Their room" } }));
        Simulator.Faults.Next(RequestClasses.UpdateEvent, Fault.OfProvider("theirs"));

        ProviderItem merged = await WriteAsync("ownkey", new LocalDateTime(2027, 4, 2, 9, 0));

        Assert.Equal("Their room", merged.Object.Master!.Content.Location);
        Assert.Equal(new LocalDateTime(2027, 4, 2, 9, 0), merged.Object.Master.Start.Local);
    }

    [Fact]
    public async Task Write_WhenSomebodyInvitesBetweenReadingAndWriting_InvitesBoth()
    {
        ProviderItem item = await WriteAsync("ownkey", new LocalDateTime(2027, 4, 1, 9, 0));
        Simulator.Faults.Register("theirs", () => Simulator.PatchEvent(_calendar, item.Id, new JsonObject
        {
            ["attendees"] = new JsonArray(new JsonObject { ["emailAddress"] = new JsonObject { ["address"] = "theirs@example.com" } }),
        }));
        Simulator.Faults.Next(RequestClasses.UpdateEvent, Fault.OfProvider("theirs"));
        EventChange change = ChangeAt(new LocalDateTime(2027, 4, 1, 9, 0)) with
        {
            Invite = [new Attendee("ours@example.com", null, ParticipationStatus.NeedsAction)],
        };

        ProviderResult<ProviderItem> result = await _subject.Provider.WriteAsync(
            _subject.Typed, _calendar, new ProviderWrite("ownkey", item.Id, item.Version, change), default);

        Assert.Equal(
            ["ours@example.com", "theirs@example.com"],
            result.Value!.Object.Master!.Content.Attendees.Select(a => a.Email).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_WhenTheAnswerIsLost_IsThereOnceAfterTheNextTry(bool isCut)
    {
        Simulator.Faults.Next(RequestClasses.CreateEvent, isCut ? Fault.CutAnswer : Fault.LoseAnswer);
        ProviderResult<ProviderItem> lost = await TryWriteAsync("ownkey", new LocalDateTime(2027, 4, 1, 9, 0));
        ProviderItem item = await WriteAsync("ownkey", new LocalDateTime(2027, 4, 1, 9, 0));

        Assert.Equal(ProviderFaultKind.Transient, lost.Fault?.Kind);
        Assert.Equal(item.Id, Assert.Single(Simulator.TrueEvents(_calendar))["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Write_WhenNothingDiffers_ChangesNothingThere()
    {
        ProviderItem first = await WriteAsync("ownkey", new LocalDateTime(2027, 4, 1, 9, 0));
        Simulator.Requests.Clear();

        ProviderItem second = await WriteAsync("ownkey", new LocalDateTime(2027, 4, 1, 9, 0));

        Assert.Equal(first, second);
        Assert.Equal(0, Simulator.Requests.Count(RequestClasses.UpdateEvent));
        Assert.Equal(0, Simulator.Requests.Count(RequestClasses.CreateEvent));
    }

    [Fact]
    public async Task Write_WhenTheCalendarMayOnlyBeRead_IsRejected()
    {
        Simulator.SetCanEdit(_calendar, false);

        Assert.Equal(ProviderFaultKind.Rejected, (await TryWriteAsync("ownkey", new LocalDateTime(2027, 4, 1, 9, 0))).Fault?.Kind);
        ProviderAccount account = (await _subject.Provider.ConnectAsync(_subject.Typed, default)).Value!;
        Assert.True(account.Calendars.Single(c => c.Id == _calendar).IsReadOnly);
    }

    [Fact]
    public async Task Write_WhenTheRuleHasNoPattern_IsRejectedWithTheReason()
    {
        ProviderResult<ProviderItem> result = await _subject.Provider.WriteAsync(
            _subject.Typed,
            _calendar,
            new ProviderWrite("ownkey", null, null, ChangeAt(new LocalDateTime(2027, 4, 1, 9, 0)) with
            {
                Rules = Domain.Events.Change<System.Collections.Immutable.ImmutableArray<Domain.Recurrence.RecurrenceRule>>.To(
                    [new() { Frequency = Domain.Recurrence.RecurrenceFrequency.Daily, ByHour = [9, 17] }]),
            }),
            default);

        Assert.Equal(ProviderFaultKind.Rejected, result.Fault?.Kind);
        Assert.Contains("several times on a day", result.Fault!.Detail, StringComparison.Ordinal);
        Assert.Empty(Simulator.TrueEvents(_calendar));
    }

    [Fact]
    public async Task Call_WhenTheTokenExpiredOrLacksAPermission_SaysWhich()
    {
        string small = Simulator.IssueTokens(_subject.User, "client", "openid", "User.Read").AccessToken;
        ProviderResult<PullChanges> lacking = await _subject.Provider.PullAsync(_subject.Typed with { Secret = small }, Request(null), default);
        Simulator.ExpireAccessTokens();
        ProviderResult<PullChanges> expired = await _subject.Provider.PullAsync(_subject.Typed, Request(null), default);

        Assert.Equal(ProviderFaultKind.ScopeMissing, lacking.Fault?.Kind);
        Assert.Equal(ProviderFaultKind.AuthDead, expired.Fault?.Kind);
    }

    [Fact]
    public async Task Reconcile_WhenAnExceptionWasMissed_TellsTheSeries()
    {
        string id = Put("Series", "2027-03-01", count: 5);
        await _copy.PullAsync();
        Simulator.PatchEvent(_calendar, GraphSimulator.OccurrenceId(id, new(2027, 3, 8)), new JsonObject { ["subject"] = "Special" });

        PullChanges? repaired = await _copy.ReconcileAsync();

        Assert.Equal("Special", Assert.Single(Assert.Single(repaired!.Upserted).Object.Overrides).Definition.Content.Summary);
        Assert.True((await _copy.ReconcileAsync())!.IsEmpty);
    }

    private static PullRequest Request(string? cursor) => new(
        cursor is null ? "c" : "unused",
        cursor,
        Window,
        _ => ValueTask.FromResult<IReadOnlyDictionary<string, KnownVersion>>(new Dictionary<string, KnownVersion>(StringComparer.Ordinal)));

    private static EventChange ChangeAt(LocalDateTime start) => new()
    {
        Start = CalendarTime.InZone(start, "Europe/Oslo"),
        End = CalendarTime.InZone(start.PlusHours(1), "Europe/Oslo"),
        Summary = "Ours",
    };

    private static JsonObject Times(string date) => new()
    {
        ["start"] = new JsonObject { ["dateTime"] = $"{date}T09:00:00", ["timeZone"] = "UTC" },
        ["end"] = new JsonObject { ["dateTime"] = $"{date}T10:00:00", ["timeZone"] = "UTC" },
    };

    private Task<ProviderResult<ProviderItem>> TryWriteAsync(string key, LocalDateTime start) =>
        _subject.Provider.WriteAsync(_subject.Typed, _calendar, new ProviderWrite(key, null, null, ChangeAt(start)), default);

    private async Task<ProviderItem> WriteAsync(string key, LocalDateTime start)
    {
        ProviderResult<ProviderItem> result = await TryWriteAsync(key, start);
        Assert.True(result.IsSuccess, result.ToString());
        return result.Value;
    }

    private string Put(string subject, string date, int? count = null)
    {
        JsonObject row = Times(date);
        row["subject"] = subject;
        if (count is { } occurrences)
        {
            string day = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture).DayOfWeek.ToString().ToLowerInvariant();
            row["recurrence"] = new JsonObject
            {
                ["pattern"] = new JsonObject { ["type"] = "weekly", ["interval"] = 1, ["daysOfWeek"] = new JsonArray(day) },
                ["range"] = new JsonObject { ["type"] = "numbered", ["startDate"] = date, ["numberOfOccurrences"] = occurrences },
            };
        }

        return Simulator.PutEvent(_calendar, row);
    }
}

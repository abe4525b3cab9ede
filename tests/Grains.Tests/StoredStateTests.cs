using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Grants;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Secrets;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using CalendarActors.Grains.Applications;
using CalendarActors.Grains.Authorization;
using CalendarActors.Grains.Connections;
using CalendarActors.Grains.Grants;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Persons;
using CalendarActors.Grains.Sync;
using CalendarActors.Grains.Tests.Cluster;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Orleans.Serialization;

namespace CalendarActors.Grains.Tests;

/// <summary>Rows that a release wrote are read by every later one.</summary>
/// <remarks>
/// The samples were written once, by <c>CALENDARACTORS_WRITE_SAMPLES=1</c>, and are never written again: a test that
/// fails here says that stored rows of real people could not be read.
/// </remarks>
public sealed partial class StoredStateTests : IDisposable
{
    private static readonly Instant At = Instant.FromUtc(2026, 2, 1, 12, 0);

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private static CalendarSummary Calendar => new("cal_1", "Work", true, false, true, "#112233", "Europe/Berlin");

    private static Schedule Packed
    {
        get
        {
            ManagedKey key = new("app_1", "e1");
            CalendarObject plain = TestLogin.Event("u1", "Lunch");
            CalendarObject series = TestLogin.Event("u2", "Weekly") with
            {
                Rules = [new RecurrenceRule { Frequency = RecurrenceFrequency.Weekly, Count = 3 }],
            };
            return Schedule.Empty with
            {
                Items = Schedule.Empty.Items
                    .Add("/u1.ics", new KnownItem("/u1.ics", "\"1\"", plain, At, At + Duration.FromMinutes(1)))
                    .Add("/u2.ics", new KnownItem("/u2.ics", null, series, At, At)),
                Managed = Schedule.Empty.Managed.Add(key, new ManagedEvent(key, 2, "k", "/u1.ics", 7, At)),
                Ghosts = [new Ghost("/u0.ics", plain with { Uid = "u0" }, key, "k0", At, At)],
            };
        }
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void PersonRow_WhenWrittenByV1_IsRead() => AssertReads("person", new PersonState
    {
        Connections = [new ConnectionSummary("pro_1", 3, "caldav", "me", "m@example.com", ConnectionState.Disconnected, "401", true, [Calendar])],
        Grants = ["acc_1"],
    });

    [Fact]
    public void ConnectionRows_WhenWrittenByV1_AreRead()
    {
        AssertReads("connection.meta", new ConnectionMetaState
        {
            PersonId = "per_1",
            ProviderName = "caldav",
            ProfileName = "me",
            Email = "m@example.com",
            State = ConnectionState.Disconnected,
            Reason = "401",
            Version = 3,
            Calendars = [new ConnectedCalendarState("https://dav/1/", Calendar, true)],
            Refusals = 2,
            FirstRefusal = At,
            NotBefore = At,
            LastListed = At,
        });
        AssertReads("connection.tokens", new ConnectionTokensState { Access = new SealedSecret([1, 2, 3]), Version = 9 });
        AssertReads("connection.outbox", new ConnectionOutboxState
        {
            TellPerson = true,
            TellCalendars = ["cal_1"],
            List = true,
            FormerPersonId = "per_0",
            Attempts = 2,
            NotBefore = At,
        });
    }

    [Fact]
    public void CalendarRows_WhenWrittenByV1_AreRead()
    {
        AssertReads("calendar.meta", new CalendarMetaState
        {
            Connected = new ConnectCalendar("pro_1", "per_1", "caldav", "https://dav/1/", true, "Europe/Berlin"),
            IsSuspended = true,
            LastSynced = At,
            LastReconciled = At,
            Repairs = 4,
            IsFirstPullReported = true,
            Cursor = "c",
            CursorFor = 6,
            FaultKind = ProviderFaultKind.Throttled,
            FaultCount = 2,
            NotBefore = At,
            FaultDetail = "429",
            Rejections = 1,
        });
        AssertReads("calendar.schedule", new CalendarScheduleState
        {
            Version = 6,
            Generation = 2,
            Cursor = "c",
            ZoneId = "Europe/Berlin",
            LastCommit = At,
            AppliedThrough = 7,
            Content = new SealedSecret([4, 5, 6]),
        });
        AssertReads("calendar.outbox", new CalendarOutboxState
        {
            DirtySince = At,
            Intents = [new IntentState(8, "app_1", "e1", new SealedSecret([7]), At, At, 1, new GuardState("/u1.ics", "\"1\"", At))],
        });
    }

    [Fact]
    public void ApplicationRows_WhenWrittenByV1_AreRead()
    {
        AssertReads("application", new ApplicationState
        {
            Name = "Planner",
            RedirectUris = ["https://example.com/a", "https://example.com/b"],
            RotatesRefreshTokens = true,
            Secrets = [new StoredSecret("sec_1", [1, 2], new SealedSecret([3, 4]), At)],
            Created = At,
        });
        AssertReads("application.outbox", new ApplicationOutboxState { DeletedAt = At });
    }

    [Fact]
    public void GrantRow_WhenWrittenByV1_IsRead() => AssertReads("grant", new GrantState
    {
        ClientId = "app_1",
        PersonId = "per_1",
        Scope = "read_write",
        LinkingConnectionId = "pro_1",
        ApplicationCalendarId = "room",
        Tokens = new TokenLedger(
            [new IssuedCode([1], 2, "read_only", "https://example.com/a", "challenge", At, true)],
            [new IssuedAccess([2], 2, 1, "read_write", At)],
            [new IssuedRefresh([3], 2, 1, "read_write")],
            3),
    });

    [Fact]
    public void AuthorizationRequestRow_WhenWrittenByV1_IsRead() => AssertReads("authorization-request", new AuthorizationRequestState
    {
        BrowserHash = [1, 2],
        ExpiresAt = At,
        ClientId = "app_1",
        ApplicationName = "Planner",
        RedirectUri = "https://example.com/a",
        State = "s",
        Scope = "read_write",
        CodeChallenge = "challenge",
        ProviderName = "caldav",
        PersonId = "per_1",
        ConnectionId = "pro_1",
        RelinkOf = "pro_2",
        Attempts = 3,
        Pending = new SealedSecret([5]),
        PendingOwner = "per_2",
    });

    [Fact]
    public void PermissionRequestRow_WhenWrittenByV1_IsRead() => AssertReads("permission-request", new PermissionRequestState
    {
        ExpiresAt = At,
        GrantId = "acc_1",
        ClientId = "app_1",
        ApplicationName = "Planner",
        PersonId = "per_1",
        CalendarIds = ["cal_1"],
        RedirectUri = "https://example.com/a",
    });

    [Fact]
    public void RowsThatHaveTokensAndWatches_WhenWrittenByV2_AreRead()
    {
        SealedRenewal renewal = new(new SealedSecret([8]), At, ["https://scope"]);
        ConnectionTokensState tokens = new() { Access = new SealedSecret([1, 2, 3]), Version = 9, Renewal = renewal };
        AssertReads("connection.tokens", tokens, "v2");
        AssertReads("connection.outbox", new ConnectionOutboxState { FormerLogin = new FormerLoginState("google", tokens, default) }, "v2");
        AssertReads(
            "calendar.meta",
            new CalendarMetaState { Watches = [new WatchState("id", "res", [4, 5], At, At, true)], WatchFailures = 2, WatchNotBefore = At },
            "v2");
        AssertReads("authorization-request", new AuthorizationRequestState { Trip = new TripState("google", [6, 7]) }, "v2");
    }

    [Fact]
    public void RowsThatHaveWatchedLists_WhenWrittenByV3_AreRead()
    {
        ImmutableArray<WatchState> watches = [new WatchState("id", "res", [4, 5], At, At, true)];
        AssertReads(
            "connection.meta",
            new ConnectionMetaState { ListCursor = "g1~token", Watches = watches, WatchFailures = 2, WatchNotBefore = At },
            "v3");
        AssertReads(
            "connection.outbox",
            new ConnectionOutboxState { FormerLogin = new FormerLoginState("google", new ConnectionTokensState(), watches) },
            "v3");
    }

    [Fact]
    public void RowsThatAnnounce_WhenWrittenByV4_AreRead()
    {
        AssertReads(
            "person",
            new PersonState { Listeners = [new ListenerState("chn_1", 3)], SequencesThrough = 1000 },
            "v4");
        FeedEntry entry = new(4, NewsKind.Changed, "cal_1", "pro_1", At, [new ChangeOrigin("app_1", "app_2")]);
        UnannouncedState unannounced = new(6, At, [new ChangeOrigin(null, null), new ChangeOrigin("app_1", null)]);
        AssertReads("calendar.schedule", new CalendarScheduleState { Version = 6, Unannounced = unannounced }, "v4");
        AssertReads("calendar.outbox", new CalendarOutboxState { AnnouncedThrough = 5 }, "v6");
        AssertReads("connection.meta", new ConnectionMetaState { IsInitiallySynced = true }, "v4");
        AssertReads(
            "connection.outbox",
            new ConnectionOutboxState { News = [new OwedNewsState(NewsKind.Disconnected, "per_1", 4, At)] },
            "v4");
        AssertReads("person-feed", new PersonFeedState { Told = [new ToldState(entry, 7, At + Duration.FromMinutes(1))] });
    }

    [Fact]
    public void RowsThatHaveClearingsLinksAndMoves_WhenWrittenByV4_AreRead()
    {
        AssertReads(
            "calendar.outbox", new CalendarOutboxState { Clearings = [new ClearingState(9, "app_1", At, At, 2)] }, "v4");
        AssertReads("grant", new GrantState { ClientId = "app_1", Links = [new StoredLink([1, 2], At)] }, "v4");
        AssertReads("authorization-request", new AuthorizationRequestState { PersonId = "per_1", IsLinked = true }, "v4");
        CalendarTime day = CalendarTime.OnDate(new LocalDate(2026, 2, 3));
        Schedule moved = Schedule.Empty with { Moves = [new Move("u1", null, day, day, At), new Move("u2", day, day, day, At)] };
        Serializer serializer = _services.GetRequiredService<Serializer>();
        Schedule read = serializer.Deserialize<PackedSchedule>(Sample(
            "calendar.schedule.content", serializer.SerializeToArray(PackedSchedule.Of(moved)), "v4"))!.Into(Schedule.Empty);
        Assert.Equal(moved.Moves.AsEnumerable(), read.Moves);
    }

    [Fact]
    public void RowsThatHaveElevatedPermissions_WhenWrittenByV5_AreRead()
    {
        AssertReads("grant", new GrantState { ClientId = "app_1", PersonId = "per_1", Unrestricted = ["cal_1", "cal_2"] }, "v5");
        AssertReads(
            "calendar.outbox",
            new CalendarOutboxState
            {
                Intents =
                [
                    new IntentState(8, "", "/u1.ics", new SealedSecret([7]), At, null, 0, null, IntentKind.External, "app_1"),
                    new IntentState(9, "", "/u2.ics", new SealedSecret([8]), At, null, 0, null, IntentKind.Answer, "app_2"),
                ],
            },
            "v5");
    }

    [Fact]
    public void ScheduleContent_WhenWrittenByV5_IsRead()
    {
        Serializer serializer = _services.GetRequiredService<Serializer>();
        Schedule packed = Packed with { Applied = [new AppliedWrite("/u1.ics", 9), new AppliedWrite("/u2.ics", 8)] };

        Schedule read = serializer.Deserialize<PackedSchedule>(Sample(
            "calendar.schedule.content", serializer.SerializeToArray(PackedSchedule.Of(packed)), "v5"))!.Into(Schedule.Empty);

        Assert.Equal(packed.Applied, read.Applied);
        Assert.Equal(packed.Items, read.Items);
    }

    [Fact]
    public void OldRows_WhenTheyKnowNothingOfExternalWrites_HaveNone()
    {
        Serializer serializer = _services.GetRequiredService<Serializer>();
        GrantState grant = serializer.Deserialize<GrantState>(Sample("grant", []))!;
        CalendarOutboxState outbox = serializer.Deserialize<CalendarOutboxState>(Sample("calendar.outbox", []))!;

        Assert.False(grant.Unrestricted.IsDefault);
        Assert.Empty(grant.Unrestricted);
        Assert.Equal(IntentKind.Own, Assert.Single(outbox.Intents).Kind);
        Assert.Empty(serializer.Deserialize<PackedSchedule>(Sample("calendar.schedule.content", []))!.Into(Schedule.Empty).Applied);
    }

    /// <summary>A row without a sample would be changed by the next release unnoticed.</summary>
    [Fact]
    public void EveryStoredState_Always_HasASampleOfItsOwn()
    {
        Type[] stored =
        [
            .. typeof(PersonState).Assembly.GetTypes().SelectMany(t => t.GetConstructors()).SelectMany(c => c.GetParameters())
                .Select(p => p.ParameterType)
                .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IPersistentState<>) && !t.ContainsGenericParameters)
                .Select(t => t.GetGenericArguments()[0]).Distinct(),
        ];
        string[] samples = [.. System.IO.Directory.GetFiles(FolderOf(), "*.bin").Select(f => Path.GetFileNameWithoutExtension(f)!)];

        Assert.Equal(
            stored.Select(t => t.Name).Order(StringComparer.Ordinal),
            samples.Where(s => s != "calendar.schedule.content")
                .Select(s => string.Concat(s.Split('.', '-').Select(w => char.ToUpperInvariant(w[0]) + w[1..])) + "State")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ScheduleContent_WhenWrittenByV1_IsRead()
    {
        Serializer serializer = _services.GetRequiredService<Serializer>();
        Schedule read = serializer.Deserialize<PackedSchedule>(
            Sample("calendar.schedule.content", serializer.SerializeToArray(PackedSchedule.Of(Packed))))!.Into(Schedule.Empty);

        Assert.Equal(Packed.Items, read.Items);
        Assert.Equal(Packed.Managed, read.Managed);
        Assert.Equal(Packed.Ghosts, read.Ghosts);
        Assert.Empty(read.Moves);
    }

    private static string FolderOf(string release = "v1", [CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "Stored", release);

    private static byte[] Sample(string name, byte[] present, string release = "v1")
    {
        string path = Path.Combine(FolderOf(release), $"{name}.bin");
        if (Environment.GetEnvironmentVariable("CALENDARACTORS_WRITE_SAMPLES") == "1" && !File.Exists(path))
        {
            File.WriteAllBytes(path, present);
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>Compares what is read with what was written then, as bytes: records hold arrays that compare by reference.</summary>
    private void AssertReads<T>(string name, T expected, string release = "v1")
    {
        Serializer serializer = _services.GetRequiredService<Serializer>();
        byte[] present = serializer.SerializeToArray(expected);
        T read = serializer.Deserialize<T>(Sample(name, present, release))!;

        Assert.Equal(Convert.ToHexString(present), Convert.ToHexString(serializer.SerializeToArray(read)));
    }
}

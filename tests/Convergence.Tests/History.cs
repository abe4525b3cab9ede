using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.Providers.Tests.Conformance;
using NodaTime;

namespace CalendarActors.Convergence.Tests;

/// <summary>One random history of one calendar, and the comparison at its end.</summary>
internal sealed class History(SimulatedCluster cluster, int seed)
{
    private const string Client = "app_1";
    private const string Zone = "Europe/Berlin";

    private static readonly string[] EventIds = ["e1", "e2", "e3"];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, HashSet<string?>> _possible = new(StringComparer.Ordinal);
    private readonly List<(DateTimeOffset At, string Text)> _script = [];
    private readonly Random _hearing = new(seed);
    private RemoteLogin _remote = null!;
    private Mirror _mirror = null!;
    private Instant _begun;
    private string _connectionId = "";
    private string _calendarId = "";
    private ImmutableArray<ICalendarGrain> _calendars;
    private int _writes;

    public int Seed => seed;

    /// <summary>What happened and what the provider was asked, in order.</summary>
    public IEnumerable<string> Script => _script
        .Concat(_remote.Asked.Select(l => (l.At, Text: $"    {l.Text}")))
        .OrderBy(l => l.At)
        .Select(l => $"{l.At:dd HH:mm:ss} {l.Text}");

    /// <summary>The calendar's other side.</summary>
    public RemoteLogin Remote => _remote;

    /// <summary>How many calendars were connected.</summary>
    public int CalendarCount => _calendars.Length;

    private ICalendarGrain Calendar => cluster.Grains.GetGrain<ICalendarGrain>(_calendarId);

    private IConnectionGrain Connection => cluster.Grains.GetGrain<IConnectionGrain>(_connectionId);

    /// <summary>Somebody has a calendar with a few events, and connects it.</summary>
    public async Task BeginAsync()
    {
        string name = $"person{seed}x{Guid.NewGuid():N}"[..20];
        _remote = await cluster.Stage.AddAsync(name, _random);
        for (int i = _random.Next(0, 12); i > 0; i--)
        {
            await _remote.ActAsync();
        }

        string person = $"per_{name}";
        _begun = cluster.Now;
        _mirror = new Mirror(
            await TestListener.OfAsync(cluster.Grains.GetGrain<IPersonGrain>(person)),
            GrainKeys.Calendar(cluster.Keys, GrainKeys.Connection(cluster.Keys, cluster.Stage.ProviderName, "issuer", name), _remote.CalendarId),
            since => ReadAsync(since));
        _connectionId = GrainKeys.Connection(cluster.Keys, cluster.Stage.ProviderName, "issuer", name);
        _calendarId = GrainKeys.Calendar(cluster.Keys, _connectionId, _remote.CalendarId);
        ProviderAccount account = (await cluster.Stage.Provider.ConnectAsync(_remote.Access, default)).Value!;
        _calendars = [.. account.Calendars.Select(c => cluster.Grains.GetGrain<ICalendarGrain>(
            GrainKeys.Calendar(cluster.Keys, _connectionId, c.Id)))];
        await Connection.Claim(
            new ClaimConnection(
                person,
                cluster.Stage.ProviderName,
                name,
                null,
                await SealedAccess.SealAsync(cluster.Vault, person, _connectionId, account.Access, default),
                [.. account.Calendars.Select(c => new FoundCalendar(c.Id, new CalendarSummary(
                    GrainKeys.Calendar(cluster.Keys, _connectionId, c.Id), c.Name, c.IsReadOnly, false, c.IsPrimary, c.Color, c.ZoneId)))],
                _remote.Tokens is { } tokens
                    ? await SealedRenewal.SealAsync(cluster.Vault, person, _connectionId, tokens, default)
                    : null),
            default);
    }

    /// <summary>One thing happens.</summary>
    public async Task StepAsync()
    {
        switch (_random.Next(16))
        {
            case < 6:
                Note("they act");
                await _remote.ActAsync();
                break;
            case < 9:
                await WriteAsync($"ours {_writes++}");
                break;
            case < 11:
                await WriteAsync(null);
                break;
            case < 13:
                Note(_remote.Suffer(_random));
                break;
            case 13:
                await CrashAsync(_calendarId, Calendar);
                break;
            case 14:
                await CrashAsync(_connectionId, Connection);
                break;
            default:
                Note("deactivated");
                await cluster.DeactivateAsync(_random.Next(2) == 0 ? Calendar : Connection);
                break;
        }

        if (_hearing.Next(3) == 0)
        {
            await HearAsync();
        }
    }

    /// <summary>An application hears what was told, unless something ends just then.</summary>
    private async Task HearAsync()
    {
        try
        {
            await _mirror.HearAsync();
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            Note("not heard");
        }
    }

    /// <summary>Everything that an application reads is what is there, and what it wrote is there once.</summary>
    public async Task CompareAsync()
    {
        foreach ((string id, HashSet<string?> states) in _possible)
        {
            string?[] there = await _remote.TitlesOfAsync(KeysOf(id));
            Assert.True(
                there.Length <= 1 && states.Contains(there.FirstOrDefault()),
                $"{id} is {string.Join(" and ", there)}, not {string.Join(" or ", states.Select(s => s ?? "gone"))}: {await Calendar.Status(default)}");
        }

        ExpandedWindow window = ExpandedWindow.At(cluster.Now, SimulatedCluster.WindowDaysBack, 201);
        ImmutableArray<ProviderItem> fresh = await FreshAsync(window);
        Assert.Null(await _remote.DifferenceToAsync(fresh));

        DateTimeZone zone = DateTimeZoneProviders.Tzdb[Zone];
        string[] expected = [.. fresh
            .SelectMany(i => RecurrenceExpander.Expand(i.Object, window.Padded, zone).Occurrences
                .Where(o => o.StartsAt < window.End && o.EndsAt >= window.Start)
                .Select(o => Line(OwnId(i), o.Start, o.End, o.Content, i.Object.IsRecurring)))
            .Order(StringComparer.Ordinal)];
        string[] read = [.. (await ReadAsync())
            .Where(e => e.StartsAt < window.End && e.EndsAt >= window.Start)
            .Select(e => Line(e.EventId, e.Start, e.End, e.Content, e.SeriesId is not null))
            .Order(StringComparer.Ordinal)];
        Assert.True(
            expected.SequenceEqual(read, StringComparer.Ordinal),
            $"missing here:\n{string.Join('\n', expected.Except(read))}\nonly here:\n{string.Join('\n', read.Except(expected))}\n"
            + $"status {await Calendar.Status(default)}, {expected.Length} there, {read.Length} here");
        await CompareMirrorAsync();
    }

    /// <summary>Who reads only what is told has the same, of all that was in the window from the beginning.</summary>
    private async Task CompareMirrorAsync()
    {
        await _mirror.HearAsync();
        Instant end = _begun + Duration.FromDays(200);
        string[] all = [.. (await ReadAsync()).Where(e => e.StartsAt < end).Select(Line).Order(StringComparer.Ordinal)];
        string[] mirrored = [.. _mirror.Before(end).Select(Line).Order(StringComparer.Ordinal)];
        Assert.True(
            all.SequenceEqual(mirrored, StringComparer.Ordinal),
            $"not told of:\n{string.Join('\n', all.Except(mirrored))}\nnot told that it is gone:\n{string.Join('\n', mirrored.Except(all))}");

        static string Line(EventEntry e) => $"{e.Uid} {History.Line(e.EventId, e.Start, e.End, e.Content, e.SeriesId is not null)}";
    }

    /// <summary>All calendars of the login look, at once.</summary>
    public Task LookAsync() => Task.WhenAll(_calendars.Select(c => c.Hint(default)));

    /// <summary>They take it away.</summary>
    public Task EndAsync() => Connection.Revoke(default);

    private async Task WriteAsync(string? title, int attempts = 20)
    {
        string id = EventIds[_random.Next(EventIds.Length)];
        int hour = _random.Next(0, 22);
        ImmutableArray<RecurrenceRule> rules = _random.Next(3) > 0
            ? []
            : [new RecurrenceRule { Frequency = RecurrenceFrequency.Weekly, Count = 3 }];
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            try
            {
                WriteAnswer answer = title is null
                    ? await Calendar.Delete(Client, id, default)
                    : await Calendar.Upsert(new UpsertEvent(Client, id, Change(title, hour, rules)), default);
                Assert.True(
                    answer == WriteAnswer.Accepted, $"seed {seed}: {answer}, {(await Connection.Summary(default))?.Reason}\n{string.Join('\n', Script)}");
                _possible.Note(id, title, isSure: true);
                Note($"we write {id}: {title ?? "gone"}");
                return;
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                // Nobody said 202, so it may be there or not.
                _possible.Note(id, title, isSure: false);
                await cluster.LetWorkRunAsync();
            }
        }

        Note($"we could not write {id}: {title ?? "gone"}");
    }

    /// <summary>Some time soon nothing more is stored for a grain, and then its activation is gone.</summary>
    private async Task CrashAsync(string key, IAddressable grain)
    {
        int left = _random.Next(1, 6);
        bool isAfter = _random.Next(2) == 0;
        int isDead = 0;
        Note($"the process of {key[..4]} ends {(isAfter ? "after" : "before")} the {left}. write from here");
        cluster.Doom(key, tookEffect =>
        {
            if (Volatile.Read(ref isDead) == 1)
            {
                return !tookEffect;
            }

            if (tookEffect != isAfter || Interlocked.Decrement(ref left) != 0)
            {
                return false;
            }

            Volatile.Write(ref isDead, 1);
            return true;
        });
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            await _remote.ActAsync();
            await WriteAsync($"ours {_writes++}", attempts: 1);
            await cluster.LetWorkRunAsync();
        }

        Volatile.Write(ref isDead, 1);
        await cluster.DeactivateAsync(grain);
        cluster.Spare(key);
    }

    private async Task<ImmutableArray<ProviderItem>> FreshAsync(ExpandedWindow window)
    {
        AccessLease lease = await Connection.Lease(default);
        for (int i = 0; i < 60 && lease.Access is null; i++)
        {
            // Its hour may just have ended, and the time that passed for others cut the renewal short.
            await cluster.PassAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));
            lease = await Connection.Lease(default);
        }

        Assert.True(lease.Access is not null, $"{lease}, {(await Connection.Summary(default))?.Reason}");
        ProviderAccess access = (await SealedAccess.OpenAsync(cluster.Vault, _connectionId, lease.Access, default))!;
        PullRequest all = PullRequest.From(_remote.CalendarId, null) with { Window = window.Padded };
        ProviderResult<PullChanges> pulled = await cluster.Stage.Provider.PullAsync(access, all, default);
        Assert.True(pulled.IsSuccess, pulled.ToString());
        Assert.Empty(pulled.Value.Unreadable);
        return pulled.Value.Upserted;
    }

    private async Task<List<EventEntry>> ReadAsync(Instant? since = null)
    {
        List<EventEntry> all = [];
        PagePosition? after = null;
        while (true)
        {
            CalendarPage page = await Calendar.Read(
                new CalendarQuery(Client, null, null, Zone, ManagedEvents.Include, since is not null, true, since, after, 1000, since is not null), default);
            all.AddRange(page.Entries);
            if (page.Entries.IsEmpty || all.Count >= page.Total)
            {
                return all;
            }

            EventEntry last = page.Entries[^1];
            after = new PagePosition(last.StartsAt, last.CalendarId, last.Uid);
        }
    }

    private static EventChange Change(string title, int hour, ImmutableArray<RecurrenceRule> rules) => new()
    {
        Start = CalendarTime.InZone(new LocalDateTime(2027, 3, 9, hour, 0), Zone),
        End = CalendarTime.InZone(new LocalDateTime(2027, 3, 9, hour + 1, 0), Zone),
        Summary = title,
        Rules = Change<ImmutableArray<RecurrenceRule>>.To(rules),
    };

    private static string Line(string? eventId, CalendarTime start, CalendarTime end, EventContent content, bool isSeries) =>
        $"{start} {end} {eventId} {isSeries} {content.Summary} {content.Transparency} {content.Location}";

    private string? OwnId(ProviderItem item) => EventIds.FirstOrDefault(id => KeysOf(id).Contains(item.Object.Uid) || KeysOf(id).Contains(item.Id));

    private HashSet<string> KeysOf(string eventId) =>
    [
        .. Enumerable.Range(0, 60).Select(incarnation =>
            EventKeys.Of(cluster.Keys, _calendarId, new ManagedKey(Client, eventId), incarnation)),
    ];

    private void Note(string what) => _script.Add((cluster.Time.GetUtcNow(), what));
}

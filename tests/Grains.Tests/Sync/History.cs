using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;
using NodaTime;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>One random history of one calendar, and the comparison at its end.</summary>
internal sealed partial class History(CalendarCluster cluster, InMemoryCalendarProvider provider, int seed)
{
    private static readonly string[] EventIds = ["e1", "e2", "e3", "e4"];

    private static readonly ProviderCallKind[] Calls =
        [ProviderCallKind.Pull, ProviderCallKind.Reconcile, ProviderCallKind.Write, ProviderCallKind.Delete, ProviderCallKind.ListCalendars];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, string?> _acknowledged = new(StringComparer.Ordinal);
    private readonly HashSet<string> _contested = new(StringComparer.Ordinal);
    private TestLogin _login = null!;
    private int _names;

    /// <summary>What happened, in order.</summary>
    public List<string> Script { get; } = [];

    /// <summary>Plays it and compares.</summary>
    public async Task RunAsync(int steps)
    {
        _login = TestLogin.Make(cluster, provider: provider);
        for (int i = _random.Next(0, 25); i > 0; i--)
        {
            _login.Remote.Put(Foreign($"f{_names++}"));
        }

        await _login.ClaimAsync();
        for (int i = 0; i < steps; i++)
        {
            await StepAsync();
        }

        Calm();
        await SettleAsync();
        await CompareAsync();
        await _login.Connection.Revoke(default);
    }

    /// <summary>Ends every fault.</summary>
    public void Calm()
    {
        cluster.Rows.FailBefore = null;
        cluster.Rows.FailAfter = null;
        provider.ClearFaults();
    }

    private async Task StepAsync()
    {
        int before = _login.Remote.ChangeCount;
        switch (_random.Next(provider.Watching is null ? 20 : 24))
        {
            case < 5:
                await UpsertAsync();
                break;
            case < 7:
                await (_random.Next(3) == 0 ? ClearAsync() : DeleteAsync());
                break;
            case < 10:
                string name = $"f{_random.Next(_names + 3)}";
                Note($"other puts {name}");
                _names++;
                _login.Remote.Put(Foreign(name));
                break;
            case < 12:
                OtherTouchesAny();
                break;
            case 12:
                ProviderCallKind failing = Calls[_random.Next(Calls.Length)];
                ProviderFaultKind kind = Pick(
                    ProviderFaultKind.Transient, ProviderFaultKind.AuthDead, ProviderFaultKind.Throttled, ProviderFaultKind.Conflict);
                Note($"{kind} at the next {failing}");
                FailOnce(failing, kind);
                break;
            case 13:
                ProviderCallKind losing = Calls[_random.Next(Calls.Length)];
                Note($"the answer to the next {losing} is lost");
                provider.LoseAnswerOfNext(losing);
                break;
            case 14:
                Note("the cursors are lost");
                _login.Remote.InvalidateCursors();
                break;
            case 15:
                Note("the cursors are dead and say so to nobody");
                _login.Remote.ForgetCursorsSilently();
                break;
            case 16:
                await CrashAsync();
                break;
            case 17:
                Note("deactivated");
                await cluster.Silos.DeactivateAsync(_login.Calendar);
                break;
            case 18 when provider.Watching is null:
                await _login.Calendar.Hint(default);
                break;
            case > 18 and < 22 when provider.Watching is not null:
                await TroubleTheWatchAsync();
                break;
            default:
                TimeSpan pass = TimeSpan.FromSeconds(_random.Next(1, 120));
                Note($"{pass} pass");
                await cluster.PassAsync(pass, TimeSpan.FromSeconds(10));
                break;
        }

        if (provider.Watching is not null && _login.Remote.ChangeCount > before)
        {
            await TellAsync();
        }

        if (_random.Next(3) == 0)
        {
            await CalendarCluster.LetWorkRunAsync();
        }
    }

    private async Task UpsertAsync()
    {
        string id = EventIds[_random.Next(EventIds.Length)];
        string summary = $"ours {_names++}";
        Note($"we upsert {id} as {summary}");
        await UntilAcknowledgedAsync(() => _login.UpsertAsync(id, summary, _random.Next(0, 22)));
        _acknowledged[id] = summary;
        _contested.Remove(id);
    }

    private async Task DeleteAsync()
    {
        string id = EventIds[_random.Next(EventIds.Length)];
        Note($"we delete {id}");
        await UntilAcknowledgedAsync(() => _login.DeleteAsync(id));
        _acknowledged[id] = null;
        _contested.Remove(id);
    }

    private async Task ClearAsync()
    {
        Note("we delete all that is ours");
        await UntilAcknowledgedAsync(() => _login.Calendar.DeleteManaged(TestLogin.Client, default));
        foreach (string id in EventIds)
        {
            _acknowledged[id] = null;
        }

        _contested.Clear();
    }

    private async Task UntilAcknowledgedAsync(Func<Task<WriteAnswer>> write)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Assert.Equal(WriteAnswer.Accepted, await write());
                return;
            }
            catch (Exception exception) when (attempt < 20
                && exception is not Xunit.Sdk.XunitException)
            {
                Note("  not acknowledged, again");
                await CalendarCluster.LetWorkRunAsync();
            }
        }
    }

    private void OtherTouchesAny()
    {
        ImmutableArray<ProviderItem> items = [.. _login.Remote.Items.Values];
        if (items.IsEmpty)
        {
            return;
        }

        ProviderItem item = items[_random.Next(items.Length)];
        foreach (string id in EventIds.Where(id => Keys(id).Contains(item.Object.Uid, StringComparer.Ordinal)))
        {
            // Whose word was the last is not for this model to say: the provider knows.
            _contested.Add(id);
        }

        if (_random.Next(2) == 0)
        {
            Note($"other removes {item.Id}");
            _login.Remote.Remove(item.Id);
        }
        else
        {
            Note($"other changes {item.Id}");
            CalendarObject was = item.Object;
            _login.Remote.Put(
                was with
                {
                    Master = was.Master! with { Content = was.Master.Content with { Summary = $"theirs {_names++}" } },
                },
                item.Id);
        }
    }

    private void FailOnce(ProviderCallKind kind, ProviderFaultKind fault) => provider.FailNext(
        kind, fault, notBefore: fault == ProviderFaultKind.Throttled
            ? Instant.FromDateTimeOffset(cluster.Time.GetUtcNow()) + Duration.FromSeconds(_random.Next(1, 90))
            : null);

    /// <summary>Some time soon nothing more is stored for the calendar, and then its activation is gone.</summary>
    private async Task CrashAsync()
    {
        int left = _random.Next(1, 6);
        bool isAfter = _random.Next(2) == 0;
        bool isDead = false;
        string calendar = _login.CalendarId;
        Note($"the process ends {(isAfter ? "after" : "before")} the {left}. write from here");
        cluster.Rows.FailBefore = w => w.Key == calendar && (isDead || (isDead = Interlocked.Decrement(ref left) == 0 && !isAfter));
        cluster.Rows.FailAfter = w => w.Key == calendar && !isDead && (isDead = left == 0 && isAfter);
        for (int i = 0; i < 3 && !isDead; i++)
        {
            try
            {
                string id = EventIds[_random.Next(EventIds.Length)];
                string summary = $"ours {_names++}";
                Note($"  we upsert {id} as {summary}");
                _contested.Add(id);
                await _login.UpsertAsync(id, summary);
                _acknowledged[id] = summary;
                _contested.Remove(id);
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                // Nobody said 202, so it may be there or not.
                Note("  not acknowledged");
            }

            await cluster.PassAsync(TimeSpan.FromSeconds(_random.Next(1, 20)));
        }

        isDead = true;
        cluster.Rows.FailBefore = w => w.Key == calendar;
        await cluster.Silos.DeactivateAsync(_login.Calendar);
        Calm();
    }

    private async Task SettleAsync()
    {
        // Long enough for every wait that a fault may have caused, and for a reconciliation after it.
        if (provider.Watching is not null)
        {
            await SettleUntoldAsync();
            return;
        }

        await cluster.PassAsync(TimeSpan.FromMinutes(16), TimeSpan.FromSeconds(20));
        await _login.Calendar.Wake(default);
        await _login.UntilSyncedAsync();
        await cluster.PassAsync(TimeSpan.FromMinutes(36), TimeSpan.FromSeconds(30));
        await _login.UntilSyncedAsync();
    }

    private async Task CompareAsync()
    {
        ImmutableSortedDictionary<string, ProviderItem> items = _login.Remote.Items;
        foreach ((string id, string? summary) in _acknowledged)
        {
            string[] keys = [.. Keys(id)];
            ProviderItem[] found = [.. items.Values.Where(i => keys.Contains(i.Object.Uid, StringComparer.Ordinal))];
            Assert.True(found.Length <= 1, $"{id} is there {found.Length} times");
            if (!_contested.Contains(id))
            {
                Assert.True(found.FirstOrDefault()?.Object.Master!.Content.Summary == summary, $"{id} should be '{summary}'");
            }
        }

        DateTimeZone zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        ExpandedWindow window = ExpandedWindow.At(Instant.FromDateTimeOffset(cluster.Time.GetUtcNow()), CalendarCluster.WindowDaysBack, 201);
        string[] expected = [.. items.Values
            .SelectMany(i => RecurrenceExpander.Expand(i.Object, window.Padded, zone).Occurrences
                .Where(o => o.StartsAt < window.End && o.EndsAt >= window.Start)
                .Select(o => Line(OwnId(i.Object.Uid), o.Start, o.End, o.Content, i.Object.IsRecurring, o.StartsAt)))
            .Order(StringComparer.Ordinal)];
        CalendarPage page = await _login.ReadAsync();
        string[] read = [.. page.Entries
            .Select(e => Line(e.EventId, e.Start, e.End, e.Content, e.SeriesId is not null, e.StartsAt))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(expected, read);
        Assert.Equal(page.Entries.Length, page.Entries.Select(e => e.Uid).Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(page.Entries, e => e.IsPending);
        BusyPage busy = await _login.Calendar.ReadBusy(
            new CalendarQuery(TestLogin.Client, null, null, "Europe/Berlin", ManagedEvents.Include, false, true, null, null, 1000), default);
        Assert.Equal(page.Entries.Select(e => (e.Uid, e.StartsAt, e.EndsAt)), busy.Entries.Select(e => (e.Uid, e.StartsAt, e.EndsAt)));
    }

    private static string Line(
        string? eventId, CalendarTime start, CalendarTime end, EventContent content, bool isSeries, Instant startsAt) =>
        $"{startsAt} {start} {end} {eventId} {isSeries} {content.Summary} {content.Transparency} {content.Location}";

    private string? OwnId(string uid) => EventIds.FirstOrDefault(id => Keys(id).Contains(uid, StringComparer.Ordinal));

    private IEnumerable<string> Keys(string eventId) => Enumerable.Range(0, 60).Select(incarnation =>
        EventKeys.Of(cluster.Keys, _login.CalendarId, new ManagedKey(TestLogin.Client, eventId), incarnation));

    private CalendarObject Foreign(string uid)
    {
        CalendarObject once = TestLogin.Event(uid, $"theirs {_names++}", _random.Next(0, 22), _random.Next(1, 28));
        if (_random.Next(4) > 0)
        {
            return once;
        }

        EventDefinition master = once.Master!;
        return once with
        {
            Rules = [new RecurrenceRule { Frequency = Pick(RecurrenceFrequency.Daily, RecurrenceFrequency.Weekly), Count = _random.Next(1, 9) }],
            Excluded = _random.Next(2) == 0 ? [master.Start.WithLocal(master.Start.Local.PlusDays(7))] : [],
        };
    }

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private void Note(string what) => Script.Add($"{cluster.Time.GetUtcNow():HH:mm:ss} {what}");
}

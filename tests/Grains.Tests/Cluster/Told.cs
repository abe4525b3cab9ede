using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>Somebody who is told of a login's changes, and reads again what they are told of.</summary>
internal sealed class Told
{
    private readonly TestLogin _login;
    private readonly TestListener _listener;
    private readonly List<FeedEntry> _heard = [];

    private Told(TestLogin login, TestListener listener) => (_login, _listener) = (login, listener);

    /// <summary>Everything heard so far that was not forgotten.</summary>
    public ImmutableArray<FeedEntry> Heard => [.. _heard];

    /// <summary>Begins to listen.</summary>
    public static async Task<Told> OfAsync(TestLogin login) => new(login, await TestListener.OfAsync(login.Person));

    /// <summary>Hears what there is, and forgets what was heard before.</summary>
    /// <param name="kind">Only of this kind.</param>
    public async Task<ImmutableArray<FeedEntry>> NextAsync(NewsKind kind = NewsKind.Changed)
    {
        _heard.Clear();
        await HearAsync();
        return [.. _heard.Where(e => e.Kind == kind)];
    }

    /// <summary>Hears what there is.</summary>
    public async Task HearAsync()
    {
        _heard.AddRange(await _listener.ReadAsync());
        await _listener.SeenAsync();
    }

    /// <summary>Waits until something of a kind is heard.</summary>
    public Task UntilAsync(NewsKind kind, string where = "") => _login.Cluster.UntilAsync(
        async () =>
        {
            await HearAsync();
            return _heard.Any(e => e.Kind == kind);
        },
        $"{kind} is told {where}");

    /// <summary>What reading the changes since some news shows, deleted ones too.</summary>
    public async Task<string[]> ReadSinceAsync(FeedEntry entry)
    {
        Instant since = Instant.FromUnixTimeSeconds(entry.Since.ToUnixTimeSeconds());
        CalendarPage page = await _login.Calendar.Read(
            new CalendarQuery(TestLogin.Client, null, null, "Europe/Berlin", ManagedEvents.Include, true, true, since, null, 1000), default);
        return [.. page.Entries.Select(e => (e.IsDeleted ? "-" : "+") + e.Content.Summary).Order(StringComparer.Ordinal)];
    }
}

namespace CalendarActors.EndToEnd.Tests.Faults;

/// <summary>Whoever changes the calendars of an account in the provider's own pages, one change after the other.</summary>
internal sealed class People(Account account, int seed)
{
    private const int MostEventsOfACalendar = 30;

    private readonly Random _random = new(seed);
    private readonly DateTimeOffset _today = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
    private readonly List<Theirs> _events = [];
    private volatile int _changes;

    /// <summary>Changes so far.</summary>
    public int Changes => _changes;

    /// <summary>What must be there of theirs.</summary>
    public IEnumerable<string> Lines => _events.Select(e => Faults.Lines.Of(e.Calendar, e.Title, e.Start));

    /// <summary>Makes so many changes, at most so many a second.</summary>
    public async Task ChangeAsync(int changes, double perSecond)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1 / perSecond));
        for (int n = 0; n < changes && await timer.WaitForNextTickAsync(); n++)
        {
            await ChangeOnceAsync();
            _changes++;
        }
    }

    private async Task ChangeOnceAsync()
    {
        (string name, string id) = account.Calendars.ElementAt(_random.Next(account.Calendars.Count));
        int[] there = [.. Enumerable.Range(0, _events.Count).Where(i => _events[i].Calendar == name)];
        string title = $"Theirs {_changes}";
        DateTimeOffset start = _today.AddDays(_random.Next(1, 60)).AddMinutes(15 * _random.Next(96));
        if (there.Length == 0 || (there.Length < MostEventsOfACalendar && _random.Next(3) == 0))
        {
            _events.Add(new Theirs(name, await account.AddAsync(id, title, start), title, start));
            return;
        }

        int index = there[_random.Next(there.Length)];
        Theirs one = _events[index];
        if (_random.Next(5) == 0)
        {
            await account.DeleteAsync(id, one.Id);
            _events.RemoveAt(index);
            return;
        }

        // Renamed, and every second time moved as well.
        Theirs changed = one with { Title = title, Start = _random.Next(2) == 0 ? start : one.Start };
        await account.ChangeAsync(id, changed.Id, changed.Title, changed.Start);
        _events[index] = changed;
    }

    private sealed record Theirs(string Calendar, string Id, string Title, DateTimeOffset Start);
}

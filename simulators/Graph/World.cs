using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Events;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Graph.OAuth;

namespace CalendarActors.Simulators.Graph;

/// <summary>All that the simulator knows, behind one lock.</summary>
internal sealed class World
{
    private readonly List<Mailbox> _mailboxes = [];

    public World(GraphSimulatorOptions options)
    {
        Options = options;
        Ids = new Ids(options.Seed);
        Tokens = new Tokens(Ids, options);
        Writes = new EventWrites(Ids, options.Time, Store);
    }

    /// <summary>Held while anything below is looked at or changed, never while waiting for anybody.</summary>
    public Lock Gate { get; } = new();

    public GraphSimulatorOptions Options { get; }

    public Ids Ids { get; }

    public Tokens Tokens { get; }

    public EventWrites Writes { get; }

    public IReadOnlyList<Mailbox> Mailboxes => _mailboxes;

    /// <summary>Refreshing asks for the user: a policy was changed.</summary>
    public bool InteractionRequired { get; set; }

    /// <summary>Called for each change before it is appended; says how long readers do not see it.</summary>
    public Func<Mailbox, CalendarFolder, Instance, string, TimeSpan> Changing { get; set; } = static (_, _, _, _) => TimeSpan.Zero;

    public void Add(Mailbox mailbox) => _mailboxes.Add(mailbox);

    public Mailbox Mailbox(string userId) =>
        _mailboxes.Find(mailbox => mailbox.User.Id == userId) ?? throw GraphFailure.NotFound();

    /// <summary>The calendar with this id and whose it is.</summary>
    public (Mailbox Mailbox, CalendarFolder Calendar) Calendar(string calendarId)
    {
        foreach (Mailbox mailbox in _mailboxes)
        {
            if (mailbox.Calendars.FirstOrDefault(calendar => calendar.Id == calendarId) is { } found)
            {
                return (mailbox, found);
            }
        }

        throw new ArgumentException($"No calendar has the id '{calendarId}'.", nameof(calendarId));
    }

    private void Store(Mailbox mailbox, CalendarFolder calendar, Instance changed, string change, StoredEvent? stored)
    {
        TimeSpan hidden = Changing(mailbox, calendar, changed, change);
        calendar.Log.Append(changed.Event.Id, stored, Options.Time.GetUtcNow(), hidden);
    }
}

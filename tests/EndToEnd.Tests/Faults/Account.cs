using CalendarActors.EndToEnd.Tests.Connections;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.EndToEnd.Tests.Faults;

/// <summary>Somebody's account at a provider: what its owner does there behind the product's back, what goes wrong, and the truth.</summary>
internal abstract class Account : IAsyncDisposable
{
    /// <summary>A fifth of all answers: refused twice, lost, or awaited in vain.</summary>
    protected static readonly (double Probability, Fault Fault)[] Faults =
    [
        (0.07, Fault.Answer(429, AskedWait)),
        (0.07, Fault.Answer(500)),
        (0.06, Fault.LoseAnswer),
        (0.015, Fault.Hang),
    ];

    /// <summary>What a provider that throttles asks for.</summary>
    protected static TimeSpan AskedWait => TimeSpan.FromSeconds(2);

    public abstract string Name { get; }

    /// <summary>What makes a node use the provider, by configuration key.</summary>
    public virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>The provider's ids of the calendars that are changed, by their names.</summary>
    public abstract IReadOnlyDictionary<string, string> Calendars { get; }

    /// <summary>True when the provider tells of changes in each of them, if it ever does.</summary>
    public virtual bool IsWatched => true;

    /// <summary>Notifications that it decided about, lost, doubled and sent late; null when it has none.</summary>
    public virtual NotificationScript? Notifications => null;

    /// <summary>Requests since trouble began, and how many of them were not answered as they should be.</summary>
    public abstract (int All, int Troubled) Requests { get; }

    /// <summary>The owner connects it, from our list of providers to the application's page.</summary>
    public abstract Task<Uri> ConnectAsync(BrowsingPerson owner);

    /// <returns>Its id.</returns>
    public abstract Task<string> AddAsync(string calendarId, string title, DateTimeOffset start);

    public abstract Task ChangeAsync(string calendarId, string eventId, string title, DateTimeOffset start);

    public abstract Task DeleteAsync(string calendarId, string eventId);

    /// <summary>What is truly in these calendars, as <see cref="Lines"/>.</summary>
    public abstract Task<IReadOnlyList<string>> LinesAsync();

    /// <summary>From now on answers fail, and notifications are lost, doubled, late and out of order.</summary>
    public abstract void Trouble();

    /// <summary>From now on all goes well.</summary>
    public abstract void Calm();

    public abstract ValueTask DisposeAsync();

    protected static void Trouble(FaultScript faults, NotificationScript notifications, params string[] classes)
    {
        foreach (string one in classes)
        {
            foreach ((double probability, Fault fault) in Faults)
            {
                faults.Randomly(one, probability, fault);
            }
        }

        (notifications.Lose, notifications.Duplicate, notifications.Delay, notifications.Reorder) = (0.05, 0.10, 0.10, 0.10);
        notifications.DelayAtMost = TimeSpan.FromSeconds(5);
    }

    protected static (int All, int Troubled) Count(RequestLog requests) =>
        (requests.All.Length, requests.All.Count(r => r.Fault.Kind != FaultKind.None));
}

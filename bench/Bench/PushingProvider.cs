using System.Collections.Immutable;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Bench;

/// <summary>A simulated provider in this process that tells the product of changes, each person with one calendar of one event.</summary>
internal abstract class PushingProvider : IAsyncDisposable
{
    /// <summary>As printed.</summary>
    public abstract string Name { get; }

    /// <summary>Its button on the product's page.</summary>
    public abstract string Button { get; }

    /// <summary>The button on its own page that allows everything.</summary>
    public abstract string Accept { get; }

    /// <summary>Where it tells the product.</summary>
    public abstract string HookPath { get; }

    /// <summary>What makes the product use it, as environment variables.</summary>
    public abstract IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>What it sent so far, the oldest first.</summary>
    public abstract ImmutableArray<NotificationDelivery> Deliveries { get; }

    /// <summary>Adds a person.</summary>
    /// <returns>Her address, the value that chooses her on the consent page, and the event's id.</returns>
    public abstract (string Email, string Choice, string EventId) AddPerson(int number);

    /// <summary>True while the product listens to somebody's events.</summary>
    public abstract bool IsWatched(string email);

    /// <summary>Changes somebody's event.</summary>
    public abstract void Change(PushedCalendar calendar, string title);

    /// <summary>The notifications of one delivery, each as it would come alone; none for those that are about no events.</summary>
    public abstract IEnumerable<Hint> HintsIn(Notification sent);

    public abstract ValueTask DisposeAsync();
}

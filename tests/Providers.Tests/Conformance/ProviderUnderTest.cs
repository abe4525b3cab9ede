using CalendarActors.Domain.Providers;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>A provider with one login, and the other client that the port does not know of.</summary>
public abstract class ProviderUnderTest : IAsyncLifetime
{
    /// <summary>The port.</summary>
    public abstract ICalendarProvider Provider { get; }

    /// <summary>What the person types.</summary>
    public abstract ProviderAccess Typed { get; }

    /// <summary>The login's own address.</summary>
    public virtual string Address => "alice@example.com";

    /// <summary>False where any password does.</summary>
    public virtual bool ChecksPasswords => true;

    /// <summary>True where a meeting takes its time whatever the person answered.</summary>
    public virtual bool KeepsDeclinedTime => false;

    /// <summary>True where a resource is the text that was put there.</summary>
    public virtual bool KeepsText => true;

    /// <summary>The id that an item has whose name differs from another's by this text.</summary>
    public virtual string Sibling(string itemId, string from, string to) => itemId.Replace(from, to, StringComparison.Ordinal);

    /// <summary>The name that a calendar gets when its own is taken.</summary>
    public virtual string SecondNameOf(string name) => name;

    /// <summary>The color that a calendar has when it was made with one.</summary>
    public virtual string? ColorOf(string hex) => hex;

    /// <summary>The id that a deletion gives back of an item that was gone already, found by its key.</summary>
    public virtual string GoneId(string itemId, string eventKey) => itemId;

    /// <summary>The other client creates or replaces an item.</summary>
    public abstract Task StoreAsync(string calendarId, string name, string calendarText);

    /// <summary>The other client deletes an item.</summary>
    public abstract Task RemoveAsync(string calendarId, string itemId);

    /// <summary>The other client deletes a calendar.</summary>
    public abstract Task RemoveCalendarAsync(string calendarId);

    /// <summary>The other client reads an item's text; null when it is not there.</summary>
    public abstract Task<string?> ReadAsync(string calendarId, string itemId);

    /// <summary>The other client lists a calendar's items.</summary>
    public abstract Task<IReadOnlyList<string>> ListAsync(string calendarId);

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;
}

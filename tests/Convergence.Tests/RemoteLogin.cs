using CalendarActors.Domain.Providers;

namespace CalendarActors.Convergence.Tests;

/// <summary>Somebody at a simulated provider, and the calendar that a history is about.</summary>
public abstract class RemoteLogin
{
    /// <summary>What opens the provider to us.</summary>
    public required ProviderAccess Access { get; init; }

    /// <summary>What the provider issued when they logged in; null where it is a password.</summary>
    public OAuthTokens? Tokens { get; init; }

    /// <summary>The provider's calendar id.</summary>
    public required string CalendarId { get; init; }

    /// <summary>Whether the provider tells of changes in the calendar now.</summary>
    public abstract bool IsWatched { get; }

    /// <summary>What the provider was asked with their access, so nothing about tokens: a line for each request.</summary>
    public abstract IEnumerable<(DateTimeOffset At, string Text)> Asked { get; }

    /// <summary>They do something in the provider's own pages.</summary>
    public abstract Task ActAsync();

    /// <summary>Everything that watches their calendars is gone, and nobody says so.</summary>
    public abstract void DropWatches();

    /// <summary>Something that only their login suffers from: dead tokens, lost cursors, a watch that ends.</summary>
    /// <returns>What, for the script.</returns>
    public abstract string Suffer(Random random);

    /// <summary>The titles of the events that have one of these keys of ours.</summary>
    public abstract Task<string?[]> TitlesOfAsync(IReadOnlySet<string> keys);

    /// <summary>What a fresh copy says that the provider's own account of the calendar does not, or the other way; null for nothing.</summary>
    public abstract Task<string?> DifferenceToAsync(IReadOnlyCollection<ProviderItem> fresh);
}

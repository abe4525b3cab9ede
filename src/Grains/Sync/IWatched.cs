using CalendarActors.Domain.Providers;

namespace CalendarActors.Grains.Sync;

/// <summary>What a <see cref="WatchKeeper"/> keeps watched, and where it stores how.</summary>
internal interface IWatched
{
    /// <summary>The grain that notifications go to.</summary>
    string Key { get; }

    /// <summary>A value of <c>provider_name</c>.</summary>
    string ProviderName { get; }

    /// <summary>Null when it cannot be watched.</summary>
    IWatches? Watches { get; }

    /// <summary>The provider's calendar id; null for the list of calendars.</summary>
    string? ProviderCalendarId { get; }

    /// <summary>As stored.</summary>
    WatchRecord Record { get; }

    /// <summary>Stores another.</summary>
    Task ChangeAsync(Func<WatchRecord, WatchRecord> change);
}

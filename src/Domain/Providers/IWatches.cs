using NodaTime;

namespace CalendarActors.Domain.Providers;

/// <summary>A provider that tells us when a calendar changes, or the list of them. What it tells is a hint: content comes from pulls only.</summary>
/// <remarks>Like <see cref="ICalendarProvider"/>: no call sleeps to retry, each ends within 25 seconds.</remarks>
public interface IWatches
{
    /// <summary>True when a watch is prolonged as it is; false when a new one must be started beside it before it ends.</summary>
    bool AreRenewedInPlace { get; }

    /// <summary>True when the list of a login's calendars can be watched as well as each of them.</summary>
    bool CoverLists { get; }

    /// <summary>How long a watch is asked to live; the provider may give less.</summary>
    Duration Life { get; }

    /// <summary>Starts a watch. The provider may notify us, or ask us to prove the address, before this returns.</summary>
    /// <param name="access">The login.</param>
    /// <param name="calendarId">The provider's calendar id; null for the list of calendars, only where <see cref="CoverLists"/>.</param>
    /// <param name="request">What we ask for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ProviderResult<ProviderWatch>> StartAsync(
        ProviderAccess access, string? calendarId, WatchRequest request, CancellationToken cancellationToken);

    /// <summary>Prolongs a watch; only where <see cref="AreRenewedInPlace"/>.</summary>
    /// <param name="access">The login.</param>
    /// <param name="watch">As it is.</param>
    /// <param name="until">Wanted end.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The watch with its new end; <see cref="ProviderFaultKind.NotFound"/> when the provider dropped it.</returns>
    Task<ProviderResult<ProviderWatch>> RenewAsync(
        ProviderAccess access, ProviderWatch watch, Instant until, CancellationToken cancellationToken);

    /// <summary>Stops a watch. One that is not there counts as stopped.</summary>
    /// <param name="access">The login.</param>
    /// <param name="watch">Which.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What went wrong; null when nothing did.</returns>
    Task<ProviderFault?> StopAsync(ProviderAccess access, ProviderWatch watch, CancellationToken cancellationToken);
}

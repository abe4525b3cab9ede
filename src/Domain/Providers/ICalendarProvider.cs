using System.Collections.Immutable;

namespace CalendarActors.Domain.Providers;

/// <summary>The port to one kind of calendar provider. Every adapter passes the one conformance suite.</summary>
/// <remarks>
/// Calls never sleep to retry: they answer <see cref="ProviderFaultKind.Throttled"/> or
/// <see cref="ProviderFaultKind.Transient"/> and the caller decides. Each call ends within 25 seconds unless it is said
/// otherwise. Nothing but a bug or the caller's cancellation is thrown.
/// </remarks>
public interface ICalendarProvider
{
    /// <summary>The values of <c>provider_name</c> that it serves.</summary>
    ImmutableArray<string> Names { get; }

    /// <summary>False for native calendars: our copy is the truth, nothing is ever pulled.</summary>
    bool HasRemote { get; }

    /// <summary>How a person logs in; null where they type a password.</summary>
    IOAuthLogin? Login => null;

    /// <summary>How changes are told; null where they are polled for.</summary>
    IWatches? Watches => null;

    /// <summary>Tries a login and finds who it is and which calendars it has.</summary>
    /// <param name="access">As typed by the person. For CalDAV the server may be a host name, a URL or a mail domain.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ProviderResult<ProviderAccount>> ConnectAsync(ProviderAccess access, CancellationToken cancellationToken);

    /// <summary>Lists the calendars of a login again. One that vanished is no longer in it.</summary>
    /// <param name="access">As kept from <see cref="ProviderAccount.Access"/>.</param>
    /// <param name="cursor">
    /// <see cref="CalendarListing.Next"/> of an earlier listing, to be spared the list when nothing changed since; null for
    /// the list in any case. One that the provider does not know any more is answered with the list.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ProviderResult<CalendarListing>> ListCalendarsAsync(
        ProviderAccess access, string? cursor, CancellationToken cancellationToken);

    /// <summary>Makes a calendar.</summary>
    /// <param name="access">The login.</param>
    /// <param name="name">1 to 250 characters.</param>
    /// <param name="color"><c>#RRGGBB</c>, or null for the provider's default.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ProviderResult<ProviderCalendar>> CreateCalendarAsync(
        ProviderAccess access, string name, string? color, CancellationToken cancellationToken);

    /// <summary>What changed since a cursor. May take minutes for a first pull.</summary>
    /// <param name="access">The login.</param>
    /// <param name="request">What to pull.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ProviderResult<PullChanges>> PullAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken);

    /// <summary>Compares what we know with what is there, item by item, whatever the cursor says.</summary>
    /// <param name="access">The login.</param>
    /// <param name="request">What to compare; its cursor is not used.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// The differences only (<see cref="PullChanges.IsComplete"/> is false), and a cursor that is valid from before the
    /// comparison. Each difference is a change that the cursor missed, or one that happened since the last pull.
    /// </returns>
    Task<ProviderResult<PullChanges>> ReconcileAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken);

    /// <summary>Creates or changes an event. A conflict is read back and merged a few times before it is given up.</summary>
    /// <param name="access">The login.</param>
    /// <param name="calendarId">The provider's calendar id.</param>
    /// <param name="write">What to do.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The item as the provider has it now, which may differ from what was asked.</returns>
    Task<ProviderResult<ProviderItem>> WriteAsync(
        ProviderAccess access, string calendarId, ProviderWrite write, CancellationToken cancellationToken);

    /// <summary>Answers an invitation as the login's person; the organizer learns of it as the provider does that.</summary>
    /// <param name="access">The login.</param>
    /// <param name="calendarId">The provider's calendar id.</param>
    /// <param name="answer">What to answer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// The item as the provider has it now; <see cref="ProviderFaultKind.NotFound"/> when it is not there (any more), which
    /// some providers do to a meeting that is declined; <see cref="ProviderFaultKind.Rejected"/> when the person is not
    /// invited.
    /// </returns>
    Task<ProviderResult<ProviderItem>> AnswerAsync(
        ProviderAccess access, string calendarId, ProviderAnswer answer, CancellationToken cancellationToken);

    /// <summary>Deletes an event. One that is not there counts as deleted.</summary>
    /// <param name="access">The login.</param>
    /// <param name="calendarId">The provider's calendar id.</param>
    /// <param name="eventKey">As in <see cref="ProviderWrite.EventKey"/>.</param>
    /// <param name="itemId">The item's id when known; null to find it by <paramref name="eventKey"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The id of the item that is gone now.</returns>
    Task<ProviderResult<string>> DeleteAsync(
        ProviderAccess access, string calendarId, string eventKey, string? itemId, CancellationToken cancellationToken);
}

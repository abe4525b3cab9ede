using System.Collections.Immutable;
using CalendarActors.Domain.Providers;

namespace CalendarActors.Providers.Native;

/// <summary>Application calendars: our copy is the truth, so there is nothing to call.</summary>
/// <remarks>
/// The calendar grain applies changes itself when <see cref="HasRemote"/> is false; the calls that would need a remote
/// side answer <see cref="ProviderFaultKind.Rejected"/>, so that a wrong caller is seen.
/// </remarks>
internal sealed class NativeCalendarProvider : ICalendarProvider
{
    private static readonly PullChanges Nothing = new([], [], "native", IsComplete: false, ZoneId: null, []);

    private static readonly ProviderFault NoRemote =
        new(ProviderFaultKind.Rejected, "An application calendar has no provider behind it.");

    public ImmutableArray<string> Names { get; } = [ProviderNames.Native];

    public bool HasRemote => false;

    public Task<ProviderResult<ProviderAccount>> ConnectAsync(
        ProviderAccess access, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderResult<ProviderAccount>>(NoRemote);

    public Task<ProviderResult<CalendarListing>> ListCalendarsAsync(
        ProviderAccess access, string? cursor, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderResult<CalendarListing>>(NoRemote);

    public Task<ProviderResult<ProviderCalendar>> CreateCalendarAsync(
        ProviderAccess access, string name, string? color, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderResult<ProviderCalendar>>(NoRemote);

    public Task<ProviderResult<PullChanges>> PullAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderResult<PullChanges>>(Nothing);

    public Task<ProviderResult<PullChanges>> ReconcileAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderResult<PullChanges>>(Nothing);

    public Task<ProviderResult<ProviderItem>> WriteAsync(
        ProviderAccess access, string calendarId, ProviderWrite write, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderResult<ProviderItem>>(NoRemote);

    public Task<ProviderResult<string>> DeleteAsync(
        ProviderAccess access, string calendarId, string eventKey, string? itemId, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderResult<string>>(NoRemote);

    public Task<ProviderResult<ProviderItem>> AnswerAsync(
        ProviderAccess access, string calendarId, ProviderAnswer answer, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderResult<ProviderItem>>(NoRemote);
}

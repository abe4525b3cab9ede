using System.Collections.Immutable;
using CalendarActors.Domain.Providers;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>A provider without a remote side: any call of it is a bug.</summary>
internal sealed class TestNative : ICalendarProvider
{
    public ImmutableArray<string> Names => [ProviderNames.Native];

    public bool HasRemote => false;

    public Task<ProviderResult<ProviderAccount>> ConnectAsync(ProviderAccess access, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    public Task<ProviderResult<CalendarListing>> ListCalendarsAsync(
        ProviderAccess access, string? cursor, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    public Task<ProviderResult<ProviderCalendar>> CreateCalendarAsync(
        ProviderAccess access, string name, string? color, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    public Task<ProviderResult<PullChanges>> PullAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    public Task<ProviderResult<PullChanges>> ReconcileAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    public Task<ProviderResult<ProviderItem>> WriteAsync(
        ProviderAccess access, string calendarId, ProviderWrite write, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    public Task<ProviderResult<string>> DeleteAsync(
        ProviderAccess access, string calendarId, string eventKey, string? itemId, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();

    public Task<ProviderResult<ProviderItem>> AnswerAsync(
        ProviderAccess access, string calendarId, ProviderAnswer answer, CancellationToken cancellationToken) =>
        throw new InvalidOperationException();
}

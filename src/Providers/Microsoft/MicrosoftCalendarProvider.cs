using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Microsoft 365 and Outlook.com, over Microsoft Graph.</summary>
internal sealed class MicrosoftCalendarProvider(
    MicrosoftTransport transport, IOptions<MicrosoftOptions> options, TimeProvider time) : ICalendarProvider
{
    private readonly GraphAccess _graph = new(transport, options.Value, time);
    private readonly string _issuer = new MicrosoftAuthority(options.Value).Origin.GetLeftPart(UriPartial.Authority);

    public ImmutableArray<string> Names { get; } = [ProviderNames.Office365, ProviderNames.LiveConnect];

    public bool HasRemote => true;

    public IOAuthLogin Login { get; } = new MicrosoftLogin(transport, options.Value, time);

    public IWatches Watches { get; } = new MicrosoftWatches(new GraphAccess(transport, options.Value, time));

    public Task<ProviderResult<ProviderAccount>> ConnectAsync(ProviderAccess access, CancellationToken cancellationToken) =>
        _graph.CallAsync(
            access, (session, token) => new GraphCalendars(session).FindAsync(access, _issuer, token), cancellationToken);

    public Task<ProviderResult<CalendarListing>> ListCalendarsAsync(
        ProviderAccess access, string? cursor, CancellationToken cancellationToken) =>
        _graph.CallAsync(access, (session, token) => new GraphCalendars(session).ListAsync(token), cancellationToken);

    public Task<ProviderResult<ProviderCalendar>> CreateCalendarAsync(
        ProviderAccess access, string name, string? color, CancellationToken cancellationToken) =>
        _graph.CallAsync(
            access, (session, token) => new GraphCalendars(session).CreateAsync(name, color, token), cancellationToken);

    public Task<ProviderResult<PullChanges>> PullAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken) =>
        _graph.PullAsync(
            access, (session, token) => new GraphPull(session, request.CalendarId).PullAsync(request, token), cancellationToken);

    public Task<ProviderResult<PullChanges>> ReconcileAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken) =>
        _graph.PullAsync(
            access, (session, token) => new GraphPull(session, request.CalendarId).ReconcileAsync(request, token), cancellationToken);

    public Task<ProviderResult<ProviderItem>> WriteAsync(
        ProviderAccess access, string calendarId, ProviderWrite write, CancellationToken cancellationToken) =>
        _graph.CallAsync(
            access, (session, token) => new GraphWrite(session, calendarId).WriteAsync(write, token), cancellationToken);

    public Task<ProviderResult<ProviderItem>> AnswerAsync(
        ProviderAccess access, string calendarId, ProviderAnswer answer, CancellationToken cancellationToken) =>
        _graph.CallAsync(
            access, (session, token) => new GraphInvitations(session, calendarId).AnswerAsync(answer, token), cancellationToken);

    public Task<ProviderResult<string>> DeleteAsync(
        ProviderAccess access, string calendarId, string eventKey, string? itemId, CancellationToken cancellationToken) =>
        _graph.CallAsync(
            access, (session, token) => new GraphWrite(session, calendarId).DeleteAsync(eventKey, itemId, token), cancellationToken);
}

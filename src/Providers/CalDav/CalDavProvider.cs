using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Outbound;

namespace CalendarActors.Providers.CalDav;

/// <summary>Every CalDAV server, the named ones among them.</summary>
internal sealed class CalDavProvider(OutboundHttp http, TimeProvider time) : ICalendarProvider
{
    // Below the port's 25 s, so that the answer is ours and not the caller's time-out.
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(24);

    // A pull ends when it has everything: each request in it is bounded, and so is the whole.
    private static readonly TimeSpan PullTime = TimeSpan.FromMinutes(5);

    private readonly CalDavDiscovery _discovery = new(http, time);

    public ImmutableArray<string> Names { get; } =
        [ProviderNames.Apple, ProviderNames.Fastmail, ProviderNames.Nextcloud, ProviderNames.CalDav];

    public bool HasRemote => true;

    public Task<ProviderResult<ProviderAccount>> ConnectAsync(ProviderAccess access, CancellationToken cancellationToken) =>
        WithinAsync(CallTime, token => _discovery.FindAsync(access, token), cancellationToken);

    public async Task<ProviderResult<CalendarListing>> ListCalendarsAsync(
        ProviderAccess access, string? cursor, CancellationToken cancellationToken)
    {
        ProviderResult<ProviderAccount> found = await ConnectAsync(access, cancellationToken);
        return found.IsSuccess ? new CalendarListing(found.Value.Calendars, Next: null) : found.Fault;
    }

    public Task<ProviderResult<ProviderCalendar>> CreateCalendarAsync(
        ProviderAccess access, string name, string? color, CancellationToken cancellationToken) =>
        WithinAsync<ProviderCalendar>(
            CallTime,
            async token =>
            {
                (CalDavPrincipal? principal, ProviderFault? fault) = await _discovery.FindPrincipalAsync(access, token);
                return principal is null
                    ? fault!
                    : await CalDavCreation.CreateAsync(principal.Client, principal.Homes[0], name, color, token);
            },
            cancellationToken);

    public Task<ProviderResult<PullChanges>> PullAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken) =>
        OnCalendarAsync(
            PullTime,
            access,
            request.CalendarId,
            (client, calendar, token) => new CalDavPull(client, calendar).PullAsync(request.Cursor, token),
            cancellationToken);

    public Task<ProviderResult<PullChanges>> ReconcileAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken) =>
        OnCalendarAsync(
            PullTime,
            access,
            request.CalendarId,
            async (client, calendar, token) =>
                await new CalDavPull(client, calendar).ReconcileAsync(await request.KnownAsync(token), token),
            cancellationToken);

    public Task<ProviderResult<ProviderItem>> WriteAsync(
        ProviderAccess access, string calendarId, ProviderWrite write, CancellationToken cancellationToken) =>
        OnCalendarAsync(
            CallTime, access, calendarId, (client, calendar, token) => new CalDavWrite(client, calendar).WriteAsync(write, token), cancellationToken);

    public Task<ProviderResult<ProviderItem>> AnswerAsync(
        ProviderAccess access, string calendarId, ProviderAnswer answer, CancellationToken cancellationToken) =>
        OnCalendarAsync(
            CallTime, access, calendarId, (client, calendar, token) => new CalDavWrite(client, calendar).AnswerAsync(answer, token), cancellationToken);

    public Task<ProviderResult<string>> DeleteAsync(
        ProviderAccess access, string calendarId, string eventKey, string? itemId, CancellationToken cancellationToken) =>
        OnCalendarAsync(
            CallTime, access, calendarId, (client, calendar, token) => new CalDavWrite(client, calendar).DeleteAsync(eventKey, itemId, token), cancellationToken);

    private Task<ProviderResult<T>> OnCalendarAsync<T>(
        TimeSpan limit,
        ProviderAccess access,
        string calendarId,
        Func<DavClient, Uri, CancellationToken, Task<ProviderResult<T>>> work,
        CancellationToken cancellationToken)
        where T : class
    {
        if (!Uri.TryCreate(calendarId, UriKind.Absolute, out Uri? address) || access.Server is not { IsAbsoluteUri: true } server)
        {
            return Task.FromResult<ProviderResult<T>>(
                new ProviderFault(ProviderFaultKind.NotFound, "The calendar's id is not an address."));
        }

        Uri calendar = DavPath.Collection(DavPath.Canonical(address));
        return WithinAsync(limit, token => work(new DavClient(http, time, access, server), calendar, token), cancellationToken);
    }

    private async Task<ProviderResult<T>> WithinAsync<T>(
        TimeSpan limit, Func<CancellationToken, Task<ProviderResult<T>>> work, CancellationToken cancellationToken)
        where T : class
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await work(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProviderFault(ProviderFaultKind.Transient, "The server took too long.");
        }
    }
}

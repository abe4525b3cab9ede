using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Outbound;
using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Google;

/// <summary>Google Calendar. An item is a whole series, named by its master's event id.</summary>
internal sealed class GoogleCalendarProvider(
    GoogleTransport transport, OutboundHttp http, GoogleLogin login, GoogleWatches watches, IOptions<GoogleOptions> options, TimeProvider time)
    : ICalendarProvider
{
    // Below the port's 25 s, so that the answer is ours and not the caller's time-out.
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(24);

    // A pull ends when it has everything: each request in it is bounded, and so is the whole.
    private static readonly TimeSpan PullTime = TimeSpan.FromMinutes(5);

    public ImmutableArray<string> Names { get; } = [ProviderNames.Google];

    public bool HasRemote => true;

    public IOAuthLogin? Login => login;

    public IWatches? Watches => watches;

    public Task<ProviderResult<ProviderAccount>> ConnectAsync(ProviderAccess access, CancellationToken cancellationToken) =>
        WithinAsync(CallTime, token => AccountsOf(access).FindAsync(access, token), cancellationToken);

    public Task<ProviderResult<CalendarListing>> ListCalendarsAsync(
        ProviderAccess access, string? cursor, CancellationToken cancellationToken) =>
        WithinAsync(CallTime, token => AccountsOf(access).ListAsync(cursor, token), cancellationToken);

    public Task<ProviderResult<ProviderCalendar>> CreateCalendarAsync(
        ProviderAccess access, string name, string? color, CancellationToken cancellationToken) =>
        WithinAsync(CallTime, token => AccountsOf(access).CreateAsync(name, color, token), cancellationToken);

    public Task<ProviderResult<PullChanges>> PullAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken) =>
        WithinAsync(
            PullTime,
            token => new GooglePull(ClientOf(access), request.CalendarId).PullAsync(request.Cursor, token),
            cancellationToken);

    public Task<ProviderResult<PullChanges>> ReconcileAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken) =>
        WithinAsync(
            PullTime,
            async token => await new GooglePull(ClientOf(access), request.CalendarId)
                .ReconcileAsync(await request.KnownAsync(token), token),
            cancellationToken);

    public Task<ProviderResult<ProviderItem>> WriteAsync(
        ProviderAccess access, string calendarId, ProviderWrite write, CancellationToken cancellationToken) =>
        WithinAsync(CallTime, token => new GoogleWrite(ClientOf(access), calendarId).WriteAsync(write, token), cancellationToken);

    public Task<ProviderResult<ProviderItem>> AnswerAsync(
        ProviderAccess access, string calendarId, ProviderAnswer answer, CancellationToken cancellationToken) =>
        WithinAsync(CallTime, token => new GoogleWrite(ClientOf(access), calendarId).AnswerAsync(answer, token), cancellationToken);

    public Task<ProviderResult<string>> DeleteAsync(
        ProviderAccess access, string calendarId, string eventKey, string? itemId, CancellationToken cancellationToken) =>
        WithinAsync(CallTime, token => new GoogleWrite(ClientOf(access), calendarId).DeleteAsync(eventKey, itemId, token), cancellationToken);

    private GoogleClient ClientOf(ProviderAccess access) => new(transport, access, time);

    private GoogleAccounts AccountsOf(ProviderAccess access) => new(ClientOf(access), http, options.Value);

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
            return new ProviderFault(ProviderFaultKind.Transient, "Google took too long.");
        }
    }
}

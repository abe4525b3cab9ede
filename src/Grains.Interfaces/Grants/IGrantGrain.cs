using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Grants;

/// <summary>
/// What one person granted one application, and the only door to that person's data. Key: <c>acc_…</c>, or <c>apc_…</c>
/// of an application calendar.
/// </summary>
/// <remarks>
/// Every method that takes an access token checks its hash, its expiry and the scope against the grant's own state
/// before anything else, and then passes the call on. Where browser elements may call, the bytes of an element token stand
/// in the hash's place; elsewhere they are refused. Those calls interleave: they keep no state of the grant across an
/// await and write none, and one slow calendar must not hold up the person's others, or a refresh.
/// </remarks>
[Alias("grant"), GrainInterfaceType("grant"), Version(1)]
public partial interface IGrantGrain : IGrainWithStringKey
{
    /// <summary>The person allowed it: creates or widens the grant and mints a single-use code.</summary>
    [Alias("authorize")]
    Task<string> Authorize(AuthorizeGrant request, CancellationToken cancellationToken);

    /// <summary>Exchanges a code, in one turn with all its checks (RFC 6749 4.1.3, RFC 7636 4.6).</summary>
    [Alias("redeem")]
    Task<TokenAnswer> Redeem(RedeemCode request, CancellationToken cancellationToken);

    /// <summary>New access token for a refresh token (RFC 6749 section 6).</summary>
    [Alias("refresh")]
    Task<TokenAnswer> Refresh(RefreshGrant request, CancellationToken cancellationToken);

    /// <summary>Gets or makes the application calendar that this grant's key stands for.</summary>
    [Alias("open-application-calendar")]
    Task<TokenAnswer> OpenApplicationCalendar(
        string clientId, string applicationCalendarId, CancellationToken cancellationToken);

    /// <summary>Ends the grant for one of its tokens (RFC 7009). An unknown or foreign token changes nothing.</summary>
    [Alias("revoke-by-token")]
    Task RevokeByToken(string clientId, ImmutableArray<byte> tokenHash, CancellationToken cancellationToken);

    /// <summary>Ends the grant. One of another application changes nothing.</summary>
    [Alias("revoke")]
    Task Revoke(string clientId, CancellationToken cancellationToken);

    /// <summary>How it is, for operators; null when there is no such grant.</summary>
    [Alias("status"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantStatus?> Status(CancellationToken cancellationToken);

    /// <summary>True when there is such a grant and it is this application's.</summary>
    [Alias("is-of"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<bool> IsOf(string clientId, CancellationToken cancellationToken);

    /// <summary>Mints a link token: good once and for five minutes, for this application and this person.</summary>
    [Alias("issue-link")]
    Task<GrantAnswer<IssuedLinkToken>> IssueLink(ImmutableArray<byte> tokenHash, CancellationToken cancellationToken);

    /// <summary>Uses a link token up.</summary>
    /// <param name="clientId">The application that brings it.</param>
    /// <param name="linkHash">SHA-256 of the link token.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The person that the next login joins; null when the token is not good.</returns>
    [Alias("take-link")]
    Task<string?> TakeLink(string clientId, ImmutableArray<byte> linkHash, CancellationToken cancellationToken);

    /// <summary>The person behind it and their profiles: <c>/v1/userinfo</c>, <c>/v1/account</c>, <c>/v1/profiles</c>, <c>/v1/calendars</c>.</summary>
    [Alias("account"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<AccountView>> Account(ImmutableArray<byte> tokenHash, CancellationToken cancellationToken);

    /// <summary>Takes one profile away.</summary>
    [Alias("revoke-profile"), AlwaysInterleave]
    Task<GrantAnswer<Done>> RevokeProfile(
        ImmutableArray<byte> tokenHash, string connectionId, CancellationToken cancellationToken);

    /// <summary>Makes a calendar at the provider.</summary>
    [Alias("create-calendar"), AlwaysInterleave]
    Task<GrantAnswer<CreatedCalendar>> CreateCalendar(
        ImmutableArray<byte> tokenHash, string connectionId, string name, string? color, CancellationToken cancellationToken);

    /// <summary>First page of events.</summary>
    [Alias("read-events"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<EventPage>> ReadEvents(
        ImmutableArray<byte> tokenHash, ScheduleQuery query, CancellationToken cancellationToken);

    /// <summary>A further page of events.</summary>
    /// <param name="tokenHash">SHA-256 of the access token.</param>
    /// <param name="cursor">From <see cref="EventPage.Next"/>; anything else is not found.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("read-events-page"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<EventPage>> ReadEventsPage(
        ImmutableArray<byte> tokenHash, string cursor, CancellationToken cancellationToken);

    /// <summary>First page of busy times.</summary>
    [Alias("read-busy"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<FreeBusyPage>> ReadFreeBusy(
        ImmutableArray<byte> tokenHash, ScheduleQuery query, CancellationToken cancellationToken);

    /// <summary>A further page of busy times.</summary>
    /// <param name="tokenHash">SHA-256 of the access token.</param>
    /// <param name="cursor">From <see cref="FreeBusyPage.Next"/>; anything else is not found.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("read-busy-page"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<FreeBusyPage>> ReadFreeBusyPage(
        ImmutableArray<byte> tokenHash, string cursor, CancellationToken cancellationToken);

    /// <summary>Accepts an upsert of a managed event.</summary>
    [Alias("upsert-event"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<Done>> UpsertEvent(
        ImmutableArray<byte> tokenHash, string calendarId, string eventId, EventChange change, CancellationToken cancellationToken);

    /// <summary>Accepts the deletion of a managed event.</summary>
    [Alias("delete-event"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<Done>> DeleteEvent(
        ImmutableArray<byte> tokenHash, string calendarId, string eventId, CancellationToken cancellationToken);

    /// <summary>Accepts the deletion of every managed event of the application, however many.</summary>
    /// <param name="tokenHash">SHA-256 of the access token.</param>
    /// <param name="calendarIds">In these calendars; empty for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("delete-managed"), AlwaysInterleave]
    Task<GrantAnswer<Done>> DeleteManaged(
        ImmutableArray<byte> tokenHash, ImmutableArray<string> calendarIds, CancellationToken cancellationToken);

    /// <summary>Accepts a change, a deletion or an answer of an event that is not the application's own.</summary>
    [Alias("change-external-event"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<Done>> ChangeExternalEvent(
        ImmutableArray<byte> tokenHash, ExternalEventWrite write, CancellationToken cancellationToken);

    /// <summary>Lowers calendars at once, and says which ones the person must be asked about.</summary>
    [Alias("request-permissions")]
    Task<GrantAnswer<PermissionsAsked>> RequestPermissions(
        ImmutableArray<byte> tokenHash, ImmutableArray<PermissionChange> changes, CancellationToken cancellationToken);

    /// <summary>The person allowed it: raises calendars. Repeating it is harmless.</summary>
    /// <returns>False when there is no such grant any more.</returns>
    [Alias("raise-permissions")]
    Task<bool> RaisePermissions(
        string clientId, ImmutableArray<string> calendarIds, CancellationToken cancellationToken);
}

/// <summary>Nothing to say but that it is done.</summary>
[GenerateSerializer, Immutable, Alias("done")]
public sealed record Done
{
    /// <summary>The one value.</summary>
    public static Done Value { get; } = new();
}

/// <summary>A person allowed an application something.</summary>
/// <param name="ClientId"><c>app_…</c>.</param>
/// <param name="PersonId"><c>per_…</c>.</param>
/// <param name="Scope">Space-separated, as asked for and allowed.</param>
/// <param name="RedirectUri">Where the code goes; must come again when it is exchanged.</param>
/// <param name="CodeChallenge">S256 challenge, 43 characters; null without PKCE.</param>
/// <param name="ConnectionId">The profile that the person connected or confirmed last: <c>linking_profile</c>.</param>
[GenerateSerializer, Immutable, Alias("authorize-grant")]
public sealed record AuthorizeGrant(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string PersonId,
    [property: Id(2)] string Scope,
    [property: Id(3)] string RedirectUri,
    [property: Id(4)] string? CodeChallenge,
    [property: Id(5)] string ConnectionId);

/// <summary>An exchange of a code by an authenticated client.</summary>
/// <param name="ClientId">The client that proved itself.</param>
/// <param name="CodeHash">SHA-256 of the code.</param>
/// <param name="RedirectUri">As sent; null when it was not.</param>
/// <param name="CodeVerifier">As sent; null when it was not.</param>
/// <param name="RotatesRefreshTokens">The application's setting.</param>
[GenerateSerializer, Immutable, Alias("redeem-code")]
public sealed record RedeemCode(
    [property: Id(0)] string ClientId,
    [property: Id(1)] ImmutableArray<byte> CodeHash,
    [property: Id(2)] string? RedirectUri,
    [property: Id(3)] string? CodeVerifier,
    [property: Id(4)] bool RotatesRefreshTokens)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"RedeemCode({ClientId})";
}

/// <summary>A refresh by an authenticated client.</summary>
/// <param name="ClientId">The client that proved itself.</param>
/// <param name="RefreshToken">The token as sent: it is given back where it does not rotate.</param>
/// <param name="Scope">A narrower scope asked for; null for the whole.</param>
/// <param name="RotatesRefreshTokens">The application's setting.</param>
[GenerateSerializer, Immutable, Alias("refresh-grant")]
public sealed record RefreshGrant(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string RefreshToken,
    [property: Id(2)] string? Scope,
    [property: Id(3)] bool RotatesRefreshTokens)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"RefreshGrant({ClientId})";
}

/// <summary>What the token endpoint came to.</summary>
/// <param name="Error">An <c>error</c> of RFC 6749 section 5.2; null when it went well.</param>
/// <param name="Tokens">The tokens; null when it did not.</param>
[GenerateSerializer, Immutable, Alias("token-answer")]
public sealed record TokenAnswer([property: Id(0)] string? Error, [property: Id(1)] IssuedTokens? Tokens);

/// <summary>Tokens issued.</summary>
/// <param name="AccessToken">A secret.</param>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="RefreshToken">A secret; always present.</param>
/// <param name="Scope">Space-separated.</param>
/// <param name="AccountId">The grant's key.</param>
/// <param name="LinkingProfile">The profile connected last; null when it is gone.</param>
/// <param name="ApplicationCalendarId">The application's own id of an application calendar; else null.</param>
[GenerateSerializer, Immutable, Alias("issued-tokens")]
public sealed record IssuedTokens(
    [property: Id(0)] string AccessToken,
    [property: Id(1)] int ExpiresIn,
    [property: Id(2)] string RefreshToken,
    [property: Id(3)] string Scope,
    [property: Id(4)] string AccountId,
    [property: Id(5)] ConnectionSummary? LinkingProfile,
    [property: Id(6)] string? ApplicationCalendarId)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"IssuedTokens({AccountId})";
}

/// <summary>A link token just issued.</summary>
/// <param name="LinkToken">A secret.</param>
[GenerateSerializer, Immutable, Alias("issued-link-token")]
public sealed record IssuedLinkToken([property: Id(0)] string LinkToken)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => "IssuedLinkToken";
}

/// <summary>The person behind a grant, as far as its scope shows them.</summary>
/// <param name="AccountId">The grant's key.</param>
/// <param name="Scope">What was granted.</param>
/// <param name="Name">Null without <c>read_account</c> and where no provider says.</param>
/// <param name="Email">Null likewise.</param>
/// <param name="ZoneId">IANA zone of their primary calendar; null when unknown.</param>
/// <param name="Profiles">Their connections.</param>
/// <param name="RelinkUrls">Absolute relink URL by connection id, for those disconnected.</param>
/// <param name="ApplicationCalendarId">The application's own id of an application calendar; else null.</param>
/// <param name="Unrestricted">Calendars in which the application may change what it did not make.</param>
[GenerateSerializer, Immutable, Alias("account-view")]
public sealed record AccountView(
    [property: Id(0)] string AccountId,
    [property: Id(1)] string Scope,
    [property: Id(2)] string? Name,
    [property: Id(3)] string? Email,
    [property: Id(4)] string? ZoneId,
    [property: Id(5)] ImmutableArray<ConnectionSummary> Profiles,
    [property: Id(6)] ImmutableDictionary<string, string> RelinkUrls,
    [property: Id(7)] string? ApplicationCalendarId,
    [property: Id(8)] ImmutableArray<string> Unrestricted = default)
{
    /// <summary>Prints no person.</summary>
    public override string ToString() => AccountId;
}

/// <summary>A calendar just made.</summary>
/// <param name="Profile">The profile it belongs to.</param>
/// <param name="Calendar">The calendar.</param>
[GenerateSerializer, Immutable, Alias("created-calendar")]
public sealed record CreatedCalendar(
    [property: Id(0)] ConnectionSummary Profile, [property: Id(1)] CalendarSummary Calendar);

/// <summary>A read across calendars. Bounds as in <see cref="CalendarQuery"/>.</summary>
/// <param name="From">Inclusive; null when not said.</param>
/// <param name="To">Exclusive; null when not said.</param>
/// <param name="ZoneId">IANA zone of the <c>tzid</c> parameter.</param>
/// <param name="CalendarIds">Only these; empty for all.</param>
/// <param name="Managed">Which of the two kinds.</param>
/// <param name="IncludeDeleted">True to list tombstones too.</param>
/// <param name="IncludeFree">Busy reads only.</param>
/// <param name="ChangedSince">Null for all.</param>
/// <param name="Presentation">How the gateway shapes the answer; kept with the cursor and given back with each page, not read by the grant.</param>
/// <param name="IncludeMoved">Event reads only: true to list those too that have moved out of the window.</param>
[GenerateSerializer, Immutable, Alias("schedule-query")]
public sealed record ScheduleQuery(
    [property: Id(0)] Instant? From,
    [property: Id(1)] Instant? To,
    [property: Id(2)] string ZoneId,
    [property: Id(3)] ImmutableArray<string> CalendarIds,
    [property: Id(4)] ManagedEvents Managed,
    [property: Id(5)] bool IncludeDeleted,
    [property: Id(6)] bool IncludeFree,
    [property: Id(7)] Instant? ChangedSince,
    [property: Id(8)] Presentation Presentation,
    [property: Id(9)] bool IncludeMoved = false);

/// <summary>How times and ids are shown on each page of one read.</summary>
/// <param name="LocalizedTimes">Times as <c>{time, tzid}</c>.</param>
/// <param name="IncludeGeo">Show <c>location.lat</c> and <c>location.long</c>.</param>
/// <param name="IncludeIds">Busy reads only: show <c>event_id</c> and <c>event_uid</c>.</param>
[GenerateSerializer, Immutable, Alias("presentation")]
public sealed record Presentation(
    [property: Id(0)] bool LocalizedTimes, [property: Id(1)] bool IncludeGeo, [property: Id(2)] bool IncludeIds);

/// <summary>A page of events.</summary>
/// <param name="Entries">In the order of <see cref="PagePosition"/>.</param>
/// <param name="Number">1 for the first.</param>
/// <param name="Count">How many pages there are, frozen by the first; at least 1.</param>
/// <param name="Next">Opaque, safe in a path; null on the last page.</param>
/// <param name="ZoneId">As asked for.</param>
/// <param name="Presentation">As asked for.</param>
/// <param name="Permissions">What the application may do, for each event's <c>options</c>.</param>
[GenerateSerializer, Immutable, Alias("event-page")]
public sealed record EventPage(
    [property: Id(0)] ImmutableArray<EventEntry> Entries,
    [property: Id(1)] int Number,
    [property: Id(2)] int Count,
    [property: Id(3)] string? Next,
    [property: Id(4)] string ZoneId,
    [property: Id(5)] Presentation Presentation,
    [property: Id(6)] EventPermissions Permissions);

/// <summary>What an application may do to events, by its scope and the calendars' nature.</summary>
/// <param name="Email">Whose participation status is meant: the person's mail addresses.</param>
/// <param name="MayDelete">Events may be deleted.</param>
/// <param name="MayUpdate">Events may be changed.</param>
/// <param name="MayAnswer">Invitations may be answered.</param>
/// <param name="ReadOnlyCalendars">Calendars to which nothing can be written.</param>
/// <param name="Calendars">The others.</param>
[GenerateSerializer, Immutable, Alias("event-permissions")]
public sealed record EventPermissions(
    [property: Id(0)] ImmutableArray<string> Email,
    [property: Id(1)] bool MayDelete,
    [property: Id(2)] bool MayUpdate,
    [property: Id(3)] bool MayAnswer,
    [property: Id(4)] ImmutableArray<string> ReadOnlyCalendars,
    [property: Id(5)] ImmutableArray<CalendarReach> Calendars = default)
{
    /// <summary>Prints no address.</summary>
    public override string ToString() => "EventPermissions";
}

/// <summary>A page of busy times.</summary>
/// <param name="Entries">In the order of <see cref="PagePosition"/>.</param>
/// <param name="Number">1 for the first.</param>
/// <param name="Count">How many pages there are; at least 1.</param>
/// <param name="Next">Opaque, safe in a path; null on the last page.</param>
/// <param name="ZoneId">As asked for.</param>
/// <param name="Presentation">As asked for.</param>
[GenerateSerializer, Immutable, Alias("free-busy-page")]
public sealed record FreeBusyPage(
    [property: Id(0)] ImmutableArray<BusyEntry> Entries,
    [property: Id(1)] int Number,
    [property: Id(2)] int Count,
    [property: Id(3)] string? Next,
    [property: Id(4)] string ZoneId,
    [property: Id(5)] Presentation Presentation);

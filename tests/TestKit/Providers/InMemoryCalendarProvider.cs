using System.Collections.Concurrent;
using System.Collections.Immutable;
using CalendarActors.Domain.Providers;

namespace CalendarActors.TestKit.Providers;

/// <summary>A provider in memory that keeps the port's contract and fails on demand; passes the conformance suite.</summary>
/// <remarks>Safe for concurrent calls. Faults are consumed in the order in which they were set up, per kind of call.</remarks>
public sealed class InMemoryCalendarProvider : ICalendarProvider
{
    private readonly ConcurrentDictionary<string, string> _passwords = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, InMemoryCalendar> _calendars = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ProviderCall> _calls = new();
    private readonly ConcurrentDictionary<ProviderCallKind, ConcurrentQueue<(ProviderFault Fault, bool AfterEffect)>> _faults = new();
    private readonly TimeProvider _time;
    private int _callCount;
    private int _calendarCount;

    /// <param name="time">Stamps creation and modification; the system's clock when null.</param>
    /// <param name="names">The provider names to serve; only <see cref="ProviderNames.CalDav"/> when none is given.</param>
    public InMemoryCalendarProvider(TimeProvider? time = null, params string[] names)
    {
        _time = time ?? TimeProvider.System;
        Names = names.Length == 0 ? [ProviderNames.CalDav] : [.. names];
    }

    /// <summary>The address that logins get.</summary>
    public static Uri Server { get; } = new("https://memory.test/dav/");

    /// <inheritdoc/>
    public ImmutableArray<string> Names { get; }

    /// <inheritdoc/>
    public bool HasRemote => true;

    /// <summary>Issues tokens instead of checking passwords; null where a person types a password.</summary>
    public InMemoryLogin? Tokens { get; init; }

    /// <summary>Tells of changes; null where it is polled.</summary>
    public InMemoryWatches? Watching { get; init; }

    IOAuthLogin? ICalendarProvider.Login => Tokens;

    IWatches? ICalendarProvider.Watches => Watching;

    /// <summary>Every call so far, in order of arrival.</summary>
    public ImmutableArray<ProviderCall> Calls => [.. _calls];

    /// <summary>Asked before every call's effect: null lets it pass. For seeded fault scripts.</summary>
    public Func<ProviderCall, ProviderFault?>? FaultScript { get; set; }

    /// <summary>Awaited before every call's effect: lets a test hold a call, or act as another client at that moment.</summary>
    public Func<ProviderCall, CancellationToken, Task>? Before { get; set; }

    /// <summary>Awaited after every call's effect and before its answer.</summary>
    public Func<ProviderCall, CancellationToken, Task>? After { get; set; }

    /// <summary>Adds a login, or changes its password: calls with another one answer <see cref="ProviderFaultKind.AuthDead"/>.</summary>
    public void SetPassword(string userName, string password) => _passwords[userName] = password;

    /// <summary>Adds a calendar. A login's first is its primary one.</summary>
    public InMemoryCalendar AddCalendar(
        string userName, string name, bool isReadOnly = false, string? zoneId = "Europe/Berlin")
    {
        string id = $"{Server}{Uri.EscapeDataString(userName)}/c{Interlocked.Increment(ref _calendarCount):D4}/";
        return _calendars[id] = new InMemoryCalendar(id, userName, name, isReadOnly, zoneId, _time);
    }

    /// <summary>The calendar with this id, as another client sees it.</summary>
    public InMemoryCalendar Calendar(string calendarId) => _calendars[calendarId];

    /// <summary>What a person would type to connect, with the right password.</summary>
    public ProviderAccess AccessOf(string userName) => new(Names[0], Server, userName, _passwords[userName]);

    /// <summary>The next calls of a kind fail before they have any effect.</summary>
    public void FailNext(ProviderCallKind kind, ProviderFaultKind fault, int times = 1, NodaTime.Instant? notBefore = null) =>
        Enqueue(kind, new ProviderFault(fault, "Injected before the effect.", notBefore), afterEffect: false, times);

    /// <summary>The next calls of a kind have their effect, and their answer is lost.</summary>
    public void LoseAnswerOfNext(ProviderCallKind kind, int times = 1) =>
        Enqueue(kind, new ProviderFault(ProviderFaultKind.Transient, "The answer was lost."), afterEffect: true, times);

    /// <summary>Calls succeed again: a fault that no call met is not left for somebody else's.</summary>
    public void ClearFaults()
    {
        FaultScript = null;
        _faults.Clear();
        Tokens?.ClearFaults();
        Watching?.ClearFaults();
    }

    /// <inheritdoc/>
    public Task<ProviderResult<ProviderAccount>> ConnectAsync(
        ProviderAccess access, CancellationToken cancellationToken) =>
        Call<ProviderAccount>(ProviderCallKind.Connect, access, null, null, null, _ => AccountOf(access), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Where lists are watched, what is listed is the cursor: asked again with it, only a difference is told.</remarks>
    public Task<ProviderResult<CalendarListing>> ListCalendarsAsync(
        ProviderAccess access, string? cursor, CancellationToken cancellationToken) =>
        Call<CalendarListing>(
            ProviderCallKind.ListCalendars,
            access,
            null,
            null,
            cursor,
            _ =>
            {
                ImmutableArray<ProviderCalendar> all = AccountOf(access).Calendars;
                string? next = Watching is { CoverLists: true } ? string.Join('\n', all) : null;
                return new CalendarListing(cursor is not null && cursor == next ? null : all, next);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<ProviderResult<ProviderCalendar>> CreateCalendarAsync(
        ProviderAccess access, string name, string? color, CancellationToken cancellationToken) =>
        Call<ProviderCalendar>(
            ProviderCallKind.CreateCalendar,
            access,
            null,
            null,
            null,
            _ =>
            {
                InMemoryCalendar created = AddCalendar(UserOf(access)!, name, zoneId: null);
                created.Color = color;
                return AccountOf(access).Calendars.Single(c => c.Id == created.Id);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<ProviderResult<PullChanges>> PullAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken) =>
        Call(ProviderCallKind.Pull, access, request.CalendarId, null, request.Cursor, c => c!.Pull(request.Cursor), cancellationToken);

    /// <inheritdoc/>
    public async Task<ProviderResult<PullChanges>> ReconcileAsync(
        ProviderAccess access, PullRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, KnownVersion> known = await request.KnownAsync(cancellationToken);
        return await Call<PullChanges>(
            ProviderCallKind.Reconcile,
            access,
            request.CalendarId,
            null,
            null,
            c => c!.Reconcile(known.ToDictionary(k => k.Key, k => k.Value.Version, StringComparer.Ordinal)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ProviderResult<ProviderItem>> WriteAsync(
        ProviderAccess access, string calendarId, ProviderWrite write, CancellationToken cancellationToken) =>
        Call<ProviderItem>(
            ProviderCallKind.Write,
            access,
            calendarId,
            write.EventKey,
            null,
            c => c!.IsReadOnly ? ReadOnly : c.Write(write),
            cancellationToken);

    /// <inheritdoc/>
    public Task<ProviderResult<string>> DeleteAsync(
        ProviderAccess access, string calendarId, string eventKey, string? itemId, CancellationToken cancellationToken) =>
        Call<string>(
            ProviderCallKind.Delete,
            access,
            calendarId,
            eventKey,
            null,
            c => c!.IsReadOnly ? ReadOnly : c.Delete(eventKey, itemId),
            cancellationToken);

    /// <inheritdoc/>
    public Task<ProviderResult<ProviderItem>> AnswerAsync(
        ProviderAccess access, string calendarId, ProviderAnswer answer, CancellationToken cancellationToken) =>
        Call<ProviderItem>(
            ProviderCallKind.Answer,
            access,
            calendarId,
            null,
            null,
            c => c!.IsReadOnly ? ReadOnly : c.Answer(answer),
            cancellationToken);

    private static ProviderFault ReadOnly => new(ProviderFaultKind.Rejected, "The calendar is read-only.");

    private async Task<ProviderResult<T>> Call<T>(
        ProviderCallKind kind,
        ProviderAccess access,
        string? calendarId,
        string? eventKey,
        string? cursor,
        Func<InMemoryCalendar?, ProviderResult<T>> effect,
        CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        string? user = UserOf(access);
        var call = new ProviderCall(Interlocked.Increment(ref _callCount), kind, calendarId, eventKey, cursor, user) { Addresses = access.Addresses };
        _calls.Enqueue(call);
        if (Before is { } before)
        {
            await before(call, cancellationToken);
        }

        (ProviderFault Fault, bool AfterEffect) injected = default;
        bool isInjected = _faults.TryGetValue(kind, out var queue) && queue.TryDequeue(out injected);
        ProviderFault? fault = isInjected && !injected.AfterEffect ? injected.Fault : FaultScript?.Invoke(call);
        if (fault is not null)
        {
            return fault;
        }

        if (user is null)
        {
            return new ProviderFault(ProviderFaultKind.AuthDead, "The login was refused.");
        }

        InMemoryCalendar? calendar = calendarId is null ? null : _calendars.GetValueOrDefault(calendarId);
        if (calendarId is not null && (calendar is null || calendar.IsGone || calendar.Owner != user))
        {
            return new ProviderFault(ProviderFaultKind.NotFound, "There is no such calendar.");
        }

        ProviderResult<T> result = effect(calendar);
        if (After is { } after)
        {
            await after(call, cancellationToken);
        }

        return isInjected ? injected.Fault! : result;
    }

    private string? UserOf(ProviderAccess access) =>
        Tokens is { } tokens ? tokens.UserOf(access.Secret)
        : access.UserName is { } typed && _passwords.GetValueOrDefault(typed) == access.Secret ? typed
        : null;

    private ProviderAccount AccountOf(ProviderAccess access)
    {
        string user = UserOf(access)!;
        InMemoryCalendar[] own =
            [.. _calendars.Values.Where(c => c.Owner == user && !c.IsGone).OrderBy(c => c.Id, StringComparer.Ordinal)];
        return new ProviderAccount(
            Server.GetLeftPart(UriPartial.Authority),
            $"/dav/{user}/",
            user,
            user.Contains('@', StringComparison.Ordinal) ? user : null,
            Tokens is null ? access with { Server = Server } : access,
            [.. own.Select((c, i) => new ProviderCalendar(c.Id, c.Name, c.IsReadOnly, i == 0, c.ZoneId, c.Color))]);
    }

    private void Enqueue(ProviderCallKind kind, ProviderFault fault, bool afterEffect, int times)
    {
        ConcurrentQueue<(ProviderFault, bool)> queue =
            _faults.GetOrAdd(kind, _ => new ConcurrentQueue<(ProviderFault, bool)>());
        for (int i = 0; i < times; i++)
        {
            queue.Enqueue((fault, afterEffect));
        }
    }
}

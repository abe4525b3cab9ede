using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Connections;

/// <summary>One login at one provider.</summary>
/// <remarks>
/// Interleaving: summary, lease, places, notifications and the worker's timer. They read rows that are written; whoever writes one decides
/// inside the queue of <see cref="ConnectionRows"/>. A lease may renew the access token: see <see cref="TokenRenewal"/>.
/// </remarks>
[GrainType("connection")]
internal sealed class ConnectionGrain(
    [PersistentState(StorageNames.ConnectionMeta, StorageNames.Provider)] IPersistentState<ConnectionMetaState> meta,
    [PersistentState(StorageNames.ConnectionTokens, StorageNames.Provider)] IPersistentState<ConnectionTokensState> tokens,
    [PersistentState(StorageNames.ConnectionOutbox, StorageNames.Provider)] IPersistentState<ConnectionOutboxState> outbox,
    SyncParts parts)
    : Grain, IConnectionGrain, IConnectionHints, IRemindable, IDisposable
{
    // The coarse net: calendars are listed when none of them keeps the activation alive.
    private static readonly TimeSpan WakeInterval = TimeSpan.FromHours(6);

    // A claim waits so long for its calendars to be told: then the next request finds them. It does not depend on it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Then whoever waits looks again later, rather than to outlast its call.
    private static readonly TimeSpan PlacePatience = TimeSpan.FromSeconds(10);

    private readonly LoginPlaces _places = new(() => parts.Now);
    private ConnectionRows _rows = null!;
    private ConnectionRefusals _refusals = null!;
    private TokenRenewal _renewal = null!;
    private CalendarLister _lister = null!;
    private WorkLoop _loop = null!;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _rows = new ConnectionRows(meta, tokens, outbox, () => parts.Now, DeactivateOnIdle);
        _refusals = new ConnectionRefusals(Id, _rows, parts);
        _renewal = new TokenRenewal(Id, _rows, _refusals, parts);
        _lister = new CalendarLister(Id, _rows, _renewal, _refusals, parts);
        _loop = new WorkLoop(this, keepAlive: false, new ConnectionWorker(Id, _rows, _lister, parts).RunAsync);
        if (_rows.Meta.IsClaimed || !_rows.Outbox.IsEmpty)
        {
            _loop.Kick();
        }

        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _loop.EndAsync(cancellationToken);

    public void Dispose()
    {
        _loop?.Dispose();
        _rows?.Dispose();
    }

    public async Task<ClaimAnswer> Claim(ClaimConnection request, CancellationToken cancellationToken)
    {
        if (_rows.Meta is { IsClaimed: true, PersonId: { } owner } && owner != request.PersonId)
        {
            return new ClaimAnswer(owner, null);
        }

        bool hasRemote = parts.Catalog.Find(request.ProviderName) is { HasRemote: true };

        // The credential is stored before anything can borrow it.
        await _rows.ChangeTokensAsync(t => t with
        {
            Access = request.Access,
            Renewal = request.Renewal,
            Version = Math.Max(t.Version + 1, parts.Now.ToUnixTimeTicks()),
        });
        await _rows.ChangeAsync(
            m => CalendarLister.Found(
                (m.IsClaimed ? m : new ConnectionMetaState { Version = m.Version }).Anew(parts.Now),
                request.Calendars,
                areSynced: !hasRemote) with
            {
                PersonId = request.PersonId,
                ProviderName = request.ProviderName,
                ProfileName = request.ProfileName,
                Email = request.Email,
                State = ConnectionState.Connected,
                Reason = request.Renewal is { Missing: { IsEmpty: false } missing } ? "Not granted: " + string.Join(' ', missing) : null,
                Version = m.Version + 1,
            },
            (o, next) => o.Telling(next.Calendars.Select(c => c.Summary.CalendarId)) with { FormerLogin = null });
        if (hasRemote)
        {
            await this.BeWokenAsync(WakeInterval, cancellationToken);
        }

        await _loop.KickAsync(Patience, cancellationToken);
        return new ClaimAnswer(request.PersonId, _rows.Meta.SummaryOf(Id));
    }

    public Task<ConnectionSummary?> Summary(CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Meta.IsClaimed ? _rows.Meta.SummaryOf(Id) : null);

    public Task<AccessLease> Lease(CancellationToken cancellationToken) => _renewal.LeaseAsync(cancellationToken);

    public async Task<AccessLease> Borrow(CancellationToken cancellationToken)
    {
        long? place = await _places.TakeAsync(PlacePatience, cancellationToken);
        try
        {
            AccessLease lease = await Lease(cancellationToken);
            return place is { } taken
                ? lease with { Place = taken }
                : lease with { Access = null, NotBefore = parts.Now + Duration.FromSeconds(1) };
        }
        catch
        {
            _places.Return(place ?? 0);
            throw;
        }
    }

    public Task Return(long place, CancellationToken cancellationToken)
    {
        _places.Return(place);
        return Task.CompletedTask;
    }

    public async Task ReportFault(
        long tokenVersion, ProviderFaultKind kind, string detail, Instant? notBefore, CancellationToken cancellationToken)
    {
        if (!_rows.Meta.IsClaimed)
        {
            return;
        }

        switch (kind)
        {
            case ProviderFaultKind.AuthDead:
                _renewal.Distrust(tokenVersion);
                await (_rows.Tokens.Renewal is null ? _refusals.NoteAsync(tokenVersion, detail) : _lister.DemandAsync());
                break;
            case ProviderFaultKind.Throttled when notBefore is not null:
                await _rows.ChangeAsync(m => m with { NotBefore = m.NotBefore > notBefore ? m.NotBefore : notBefore });
                break;
            case ProviderFaultKind.ScopeMissing:
                await _rows.ChangeAsync(
                    m => m.Reason == detail ? m : m with { Reason = detail, Version = m.Version + 1 }, (o, _) => o.Telling([]));
                break;
            case ProviderFaultKind.NotFound:
                await _lister.DemandAsync();
                break;
        }

        _loop.Kick();
    }

    public async Task ReportSynced(string calendarId, CancellationToken cancellationToken)
    {
        await _rows.ChangeAsync(
            m => m.Calendars.FirstOrDefault(c => c.Summary.CalendarId == calendarId) is { HasSynced: false } calendar
                ? m with { Calendars = m.Calendars.Replace(calendar, calendar with { HasSynced = true }), Version = m.Version + 1 }
                : m,
            (o, _) => o.Telling([]));
        _loop.Kick();
    }

    public async Task<CreateCalendarAnswer> CreateCalendar(string name, string? color, CancellationToken cancellationToken)
    {
        if (_rows.Meta is not { PersonId: not null, State: ConnectionState.Connected }
            || parts.Catalog.Find(_rows.Meta.ProviderName) is not { } provider)
        {
            return new CreateCalendarAnswer(null, ProviderFaultKind.AuthDead);
        }

        ProviderCalendar created = new($"native:{_rows.Meta.Calendars.Length + 1}", name, false, false, null, color);
        if (provider.HasRemote)
        {
            ProviderResult<ProviderCalendar> answer = await _renewal.OpenAsync(cancellationToken) is { } access
                ? await provider.CreateCalendarAsync(access, name, color, cancellationToken)
                : new ProviderFault(ProviderFaultKind.AuthDead, "There is no login to use.");
            if (!answer.IsSuccess)
            {
                return new CreateCalendarAnswer(null, answer.Fault.Kind);
            }

            created = answer.Value;
        }

        ConnectedCalendarState calendar = new(created.Id, parts.SummaryOf(Id, created), !provider.HasRemote);
        await _rows.ChangeAsync(
            m => m with
            {
                Calendars = [.. m.Calendars.Where(c => c.ProviderCalendarId != created.Id), calendar],
                Version = m.Version + 1,
            },
            (o, _) => o.Telling([calendar.Summary.CalendarId]));
        await _loop.KickAsync(Patience, cancellationToken);
        return new CreateCalendarAnswer(calendar.Summary, null);
    }

    public async Task Revoke(CancellationToken cancellationToken)
    {
        if (!_rows.Meta.IsClaimed)
        {
            return;
        }

        string[] calendars = [.. _rows.Meta.Calendars.Select(c => c.Summary.CalendarId)];
        await _rows.ChangeAsync(
            m => new ConnectionMetaState { State = ConnectionState.Revoked, Version = m.Version + 1 },
            (o, _) => o.Telling(calendars) with
            {
                TellPerson = false,
                FormerPersonId = _rows.Meta.PersonId,
                FormerLogin = _rows.Tokens.Renewal is null ? null : new(_rows.Meta.ProviderName, _rows.Tokens, _rows.Meta.Watches),
                List = false,
            });
        await _rows.ForgetTokensAsync();
        await this.SleepAsync(cancellationToken);
        await _loop.KickAsync(Patience, cancellationToken);
    }

    public async Task<bool> Notify(WatchNotice notice, CancellationToken cancellationToken)
    {
        bool isKnown = _rows.Meta.IsClaimed && await _lister.HearAsync(notice);
        _loop.Kick();
        return isKnown;
    }

    public Task Wake(CancellationToken cancellationToken)
    {
        _loop.Kick();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Wake(CancellationToken.None);
}

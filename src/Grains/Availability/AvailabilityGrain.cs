using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Grants;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Holds;
using NodaTime;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Availability;

/// <summary>Asks every member's grant, and then finds the times. What is kept for a person passes their grant likewise.</summary>
/// <remarks>
/// Reentrant: there is no cycle and no state, so nothing has to hold across an await; a question that waits for calendars to
/// be asked must not hold up others, of whom a silo has as many workers as cores.
/// </remarks>
[GrainType("availability"), StatelessWorker, Reentrant]
internal sealed class AvailabilityGrain(DerivedKeys keys, TimeProvider time) : Grain, IAvailabilityGrain
{
    public async Task<GrantAnswer<AvailabilityAnswer>> Find(AvailabilityRequest request, CancellationToken cancellationToken)
    {
        (MemberTimes[] times, ImmutableArray<FieldError> errors) = await AskAsync(request.ClientId, request.Members, cancellationToken);
        if (!errors.IsEmpty)
        {
            return new GrantAnswer<AvailabilityAnswer>(GrantOutcome.Invalid, null, errors);
        }

        AvailabilityQuery query = QueryOf(request);
        ImmutableArray<MemberTime> members = MembersOf(request.Members, times);
        return GrantAnswer<AvailabilityAnswer>.Ok(new AvailabilityAnswer(
            [.. AvailabilitySearch.Find(query, members).Select(MeetingOf)],
            [.. times.Select(t => t.Status)],
            [.. request.Explained.Select(start => Explanations.Of(request, query, times, members, start))]));
    }

    public async Task<GrantAnswer<SequenceAnswer>> FindSequences(SequenceRequest request, CancellationToken cancellationToken)
    {
        (MemberTimes[] times, ImmutableArray<FieldError> errors) = await AskAsync(request.ClientId, request.Members, cancellationToken);
        if (!errors.IsEmpty)
        {
            return new GrantAnswer<SequenceAnswer>(GrantOutcome.Invalid, null, errors);
        }

        FoundSequences found = SequenceSearch.Find(
            [.. request.Steps.Select(StepOf)], MembersOf(request.Members, times), request.MaxResults);
        return GrantAnswer<SequenceAnswer>.Ok(new SequenceAnswer(
            [.. found.Sequences.Select(s => new FoundSequence([.. s.Select(slot => new FoundSlot(slot.Step, MeetingOf(slot.Time)))]))],
            found.IsTruncated));
    }

    public Task<HoldAnswer> TakeHold(TakeHold request, CancellationToken cancellationToken) =>
        HoldOf(request.ClientId, request.HoldId).Take(request, cancellationToken);

    public Task<HoldView?> Hold(string clientId, string holdId, CancellationToken cancellationToken) =>
        HoldOf(clientId, holdId).View(cancellationToken);

    public Task ReleaseHold(string clientId, string holdId, CancellationToken cancellationToken) =>
        HoldOf(clientId, holdId).Release(cancellationToken);

    public Task<BookableEventView> PutBookableEvent(BookableEvent definition, CancellationToken cancellationToken) =>
        BookableOf(definition.ClientId, definition.EventId).Put(definition, cancellationToken);

    public Task<BookableEventView?> BookableEvent(string clientId, string eventId, CancellationToken cancellationToken) =>
        BookableOf(clientId, eventId).View(cancellationToken);

    public async Task<GrantAnswer<OpenBookableEvents>> OpenBookableEvents(
        OpenBookableEventsRequest request, CancellationToken cancellationToken)
    {
        BookableEventPlaces?[] asked = await Task.WhenAll(
            request.EventIds.Select(id => BookableOf(request.ClientId, id).Places(cancellationToken)));
        string[] missing = [.. request.EventIds.Where((_, i) => asked[i] is null)];
        return missing.Length > 0
            ? GrantAnswer<OpenBookableEvents>.Invalid(
                "bookable_events", "errors.not_recognized", $"not events of this application: {string.Join(", ", missing)}")
            : GrantAnswer<OpenBookableEvents>.Ok(new OpenBookableEvents(
            [
                .. asked.OfType<BookableEventPlaces>()
                    .Where(p => p.IsOpen && p.Event.Start >= Earliest)
                    .OrderBy(p => p.Event.Start).ThenBy(p => p.Event.EventId, StringComparer.Ordinal)
                    .Take(request.MaxResults),
            ]));
    }

    public Task<RegisterAnswer> Register(
        string clientId, string eventId, Registration registration, CancellationToken cancellationToken) =>
        BookableOf(clientId, eventId).Register(registration, cancellationToken);

    public Task<bool> Unregister(string clientId, string eventId, string registrationId, CancellationToken cancellationToken) =>
        BookableOf(clientId, eventId).Unregister(registrationId, cancellationToken);

    public async Task<GrantAnswer<AvailabilityRule>> PutRule(
        TokenHolder caller, AvailabilityRule rule, CancellationToken cancellationToken)
    {
        GrantAnswer<AccountView> account = await GrainFactory.Grant(caller.GrantId).Account(caller.TokenHash, cancellationToken);
        if (account.Value is not { } view)
        {
            return GrantAnswer<AvailabilityRule>.Of(account.Outcome);
        }

        HashSet<string> own = [.. view.Profiles.SelectMany(p => p.Calendars).Select(c => c.CalendarId)];
        if (!rule.CalendarIds.IsDefault && !rule.CalendarIds.All(own.Contains))
        {
            return GrantAnswer<AvailabilityRule>.Invalid(
                "calendar_ids", "errors.invalid_calendar_ids", "One or more of the calendar IDs provided was invalid");
        }

        bool isPut = await GrainFactory.ManagedAvailability(caller.GrantId).PutRule(rule, cancellationToken);
        await GrainFactory.Grant(caller.GrantId).ManagedChanged(CancellationToken.None);
        return isPut
            ? GrantAnswer<AvailabilityRule>.Ok(rule)
            : GrantAnswer<AvailabilityRule>.Invalid(
                "availability_rule_id", "errors.too_many", $"there are {AvailabilityLimits.Rules} rules already");
    }

    public Task<GrantAnswer<AvailabilityRule>> Rule(TokenHolder caller, string ruleId, CancellationToken cancellationToken) =>
        Through(caller, async managed => (await managed.Rules(cancellationToken)).FirstOrDefault(r => r.RuleId == ruleId) is { } rule
            ? GrantAnswer<AvailabilityRule>.Ok(rule)
            : GrantAnswer<AvailabilityRule>.Of(GrantOutcome.NotFound));

    public Task<GrantAnswer<AvailabilityRules>> Rules(TokenHolder caller, CancellationToken cancellationToken) =>
        Through(caller, async managed => GrantAnswer<AvailabilityRules>.Ok(
            new AvailabilityRules(await managed.Rules(cancellationToken))));

    public Task<GrantAnswer<Done>> RemoveRule(TokenHolder caller, string ruleId, CancellationToken cancellationToken) =>
        Changing(caller, managed => Did(managed.RemoveRule(ruleId, cancellationToken)));

    public Task<GrantAnswer<Done>> PutPeriod(TokenHolder caller, AvailablePeriod period, CancellationToken cancellationToken) =>
        Changing(caller, async managed => await managed.PutPeriod(period, cancellationToken)
            ? GrantAnswer<Done>.Ok(Done.Value)
            : GrantAnswer<Done>.Invalid(
                "available_period_id", "errors.too_many", $"there are {AvailabilityLimits.Periods} periods already"));

    public Task<GrantAnswer<AvailablePeriods>> Periods(
        TokenHolder caller, long from, long to, CancellationToken cancellationToken) =>
        Through(caller, async managed => GrantAnswer<AvailablePeriods>.Ok(
            new AvailablePeriods(await managed.Periods(from, to, cancellationToken))));

    public Task<GrantAnswer<Done>> RemovePeriods(TokenHolder caller, string? periodId, CancellationToken cancellationToken) =>
        Changing(caller, managed => Did(
            periodId is null ? managed.RemovePeriods(cancellationToken) : managed.RemovePeriod(periodId, cancellationToken)));

    /// <summary>The only way to what is kept: the grant must know the token.</summary>
    private async Task<GrantAnswer<T>> Through<T>(TokenHolder caller, Func<IManagedAvailabilityGrain, Task<GrantAnswer<T>>> call)
        where T : class =>
        await GrainFactory.Grant(caller.GrantId).ScopeOf(caller.TokenHash, CancellationToken.None) is null
            ? GrantAnswer<T>.Of(GrantOutcome.InvalidToken)
            : await call(GrainFactory.ManagedAvailability(caller.GrantId));

    /// <summary>The same for what changes it: the grant hears of that before it is answered for.</summary>
    private async Task<GrantAnswer<T>> Changing<T>(TokenHolder caller, Func<IManagedAvailabilityGrain, Task<GrantAnswer<T>>> call)
        where T : class
    {
        GrantAnswer<T> answer = await Through(caller, call);
        await GrainFactory.Grant(caller.GrantId).ManagedChanged(CancellationToken.None);
        return answer;
    }

    private static async Task<GrantAnswer<Done>> Did(Task work)
    {
        await work;
        return GrantAnswer<Done>.Ok(Done.Value);
    }

    private async Task<(MemberTimes[] Times, ImmutableArray<FieldError> Errors)> AskAsync(
        string clientId, ImmutableArray<AvailabilityMember> members, CancellationToken cancellationToken)
    {
        GrantAnswer<MemberTimes>[] answers = await Task.WhenAll(members.Select(
            m => GrainFactory.Grant(m.Sub).MemberTimes(clientId, m.Query, cancellationToken)));
        ImmutableArray<FieldError> errors = [.. members.Zip(answers).SelectMany(pair => MemberErrors.Of(
            pair.First.Field, pair.Second, "this account has granted neither read_free_busy nor read_events"))];
        return (errors.IsEmpty ? [.. answers.Select(a => a.Value!)] : [], errors);
    }

    private static MeetingTime MeetingOf(AvailableTime time) => new(time.Start, time.End, time.Members);

    private static ImmutableArray<MemberTime> MembersOf(ImmutableArray<AvailabilityMember> members, MemberTimes[] told) =>
        [.. told.Select((times, i) => new MemberTime(
            times.Open.IsDefault ? null : TimeSet.OfEdges(times.Open), TimeSet.OfEdges(times.Busy), TimeSet.OfEdges(times.Full))
        {
            Causes = Explanations.CausesOf(members[i].Query, times),
        })];

    private IHoldGrain HoldOf(string clientId, string holdId) =>
        GrainFactory.GetGrain<IHoldGrain>(GrainKeys.Hold(keys, clientId, holdId));

    private IBookableEventGrain BookableOf(string clientId, string eventId) =>
        GrainFactory.GetGrain<IBookableEventGrain>(GrainKeys.BookableEvent(keys, clientId, eventId));

    // A start in the second that is running is no longer ahead.
    private long Earliest => Instant.FromDateTimeOffset(time.GetUtcNow()).ToUnixTimeSeconds() + 1;

    private AvailabilityQuery QueryOf(AvailabilityRequest request)
    {
        int step = request.Step ?? AvailabilityQuery.PeriodStep;
        return new AvailabilityQuery
        {
            Groups = GroupsOf(request.Groups),
            Duration = request.Duration,
            Starts = request.Periods.IsDefault
                ? CandidateStarts.Listed(request.Slots, Earliest)
                : CandidateStarts.Every(
                    request.Format is AvailabilityFormat.Periods ? AvailabilityQuery.PeriodStep : step,
                    TimeSet.OfEdges(request.Periods),
                    Earliest,
                    request.Duration),
            Format = request.Format,
            PeriodsBeginEvery = step,
            BufferBefore = request.BufferBefore,
            BufferAfter = request.BufferAfter,
            MaxResults = request.MaxResults,
        };
    }

    private SequenceStep StepOf(SequenceRequestStep step) => new(
        new AvailabilityQuery
        {
            Groups = GroupsOf(step.Groups),
            Duration = step.Duration,
            Starts = CandidateStarts.Every(step.Step, TimeSet.OfEdges(step.Periods), Earliest, step.Duration),
            Format = AvailabilityFormat.OverlappingSlots,
            BufferBefore = step.BeforeMinimum,
            BufferAfter = step.AfterMinimum,
            MaxResults = int.MaxValue,
        },
        step.Ordinal,
        new Gap(step.BeforeMinimum, step.BeforeMaximum),
        new Gap(step.AfterMinimum, step.AfterMaximum));

    private static ImmutableArray<MemberGroup> GroupsOf(ImmutableArray<AvailabilityGroup> groups) =>
        [.. groups.Select(g => new MemberGroup(g.Required, g.Members))];
}

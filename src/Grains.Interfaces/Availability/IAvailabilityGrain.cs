using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Holds;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Interfaces.Availability;

/// <summary>When can these people meet, and what applications keep of when. A stateless worker: key 0, any number of activations.</summary>
[Alias("availability"), GrainInterfaceType("availability")]
public interface IAvailabilityGrain : IGrainWithIntegerKey
{
    /// <summary>Finds times. Each member's grant is asked, and says no to an application that it is not of.</summary>
    [Alias("find"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<AvailabilityAnswer>> Find(AvailabilityRequest request, CancellationToken cancellationToken);

    /// <summary>Finds times for meetings that follow each other.</summary>
    [Alias("find-sequences"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<SequenceAnswer>> FindSequences(SequenceRequest request, CancellationToken cancellationToken);

    /// <summary>Keeps time of several people, of all or of none.</summary>
    [Alias("take-hold"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<HoldAnswer> TakeHold(TakeHold request, CancellationToken cancellationToken);

    /// <summary>Time that an application keeps; null when it is not kept.</summary>
    [Alias("hold"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<HoldView?> Hold(string clientId, string holdId, CancellationToken cancellationToken);

    /// <summary>Keeps time no longer. What is not kept is no fault.</summary>
    [Alias("release-hold"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task ReleaseHold(string clientId, string holdId, CancellationToken cancellationToken);

    /// <summary>Makes a bookable event, or changes it.</summary>
    [Alias("put-bookable"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<BookableEventView> PutBookableEvent(BookableEvent definition, CancellationToken cancellationToken);

    /// <summary>A bookable event; null when there is none.</summary>
    [Alias("bookable"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<BookableEventView?> BookableEvent(string clientId, string eventId, CancellationToken cancellationToken);

    /// <summary>Of some bookable events those for which somebody new can register. One that is not there is a fault.</summary>
    [Alias("open-bookables"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<OpenBookableEvents>> OpenBookableEvents(OpenBookableEventsRequest request, CancellationToken cancellationToken);

    /// <summary>Registers somebody for a bookable event, or changes how they stand.</summary>
    [Alias("register"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<RegisterAnswer> Register(string clientId, string eventId, Registration registration, CancellationToken cancellationToken);

    /// <summary>Deletes a registration. One that is not there is no fault.</summary>
    /// <returns>False when there is no such event.</returns>
    [Alias("unregister"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<bool> Unregister(string clientId, string eventId, string registrationId, CancellationToken cancellationToken);

    /// <summary>Makes a rule, or puts it in place of the one of the same id.</summary>
    [Alias("put-rule"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<AvailabilityRule>> PutRule(TokenHolder caller, AvailabilityRule rule, CancellationToken cancellationToken);

    /// <summary>One rule; not found when there is none of that id.</summary>
    [Alias("rule"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<AvailabilityRule>> Rule(TokenHolder caller, string ruleId, CancellationToken cancellationToken);

    /// <summary>All rules.</summary>
    [Alias("rules"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<AvailabilityRules>> Rules(TokenHolder caller, CancellationToken cancellationToken);

    /// <summary>Deletes a rule. One that is not there is no fault.</summary>
    [Alias("remove-rule"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<Done>> RemoveRule(TokenHolder caller, string ruleId, CancellationToken cancellationToken);

    /// <summary>Makes a period, or puts it in place of the one of the same id.</summary>
    [Alias("put-period"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<Done>> PutPeriod(TokenHolder caller, AvailablePeriod period, CancellationToken cancellationToken);

    /// <summary>The periods that have a moment in a range, by start and then id.</summary>
    /// <param name="caller">Whose.</param>
    /// <param name="from">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="to">Exclusive; likewise.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("periods"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<AvailablePeriods>> Periods(TokenHolder caller, long from, long to, CancellationToken cancellationToken);

    /// <summary>Deletes a period, or all of them. One that is not there is no fault.</summary>
    /// <param name="caller">Whose.</param>
    /// <param name="periodId">Null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("remove-periods"), Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<GrantAnswer<Done>> RemovePeriods(TokenHolder caller, string? periodId, CancellationToken cancellationToken);
}

/// <summary>Somebody with a token, which the grant has yet to recognize.</summary>
/// <param name="GrantId"><c>acc_…</c> or <c>apc_…</c>.</param>
/// <param name="TokenHash">SHA-256 of the access token, or an element token.</param>
[GenerateSerializer, Immutable, Alias("token-holder")]
public sealed record TokenHolder([property: Id(0)] string GrantId, [property: Id(1)] ImmutableArray<byte> TokenHash)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"TokenHolder({GrantId})";
}

/// <summary>A question, checked for everything but whether its people and calendars are there.</summary>
/// <param name="ClientId">The application that asks.</param>
/// <param name="Members">Every person once, whichever groups they are in.</param>
/// <param name="Groups">All must be met at the same time.</param>
/// <param name="Duration">Seconds, 60 or more.</param>
/// <param name="Periods">As <see cref="TimeSet.Edges"/>; default where starts are listed.</param>
/// <param name="Slots">The starts to look at; default where periods are given.</param>
/// <param name="Step">Seconds between starts; null for wherever a period can begin.</param>
/// <param name="BufferBefore">Seconds.</param>
/// <param name="BufferAfter">Seconds.</param>
/// <param name="Format">Of the answer.</param>
/// <param name="MaxResults">1 or more.</param>
/// <param name="Explained">Starts of which is asked why they are not offered.</param>
[GenerateSerializer, Immutable, Alias("availability-request")]
public sealed record AvailabilityRequest(
    [property: Id(0)] string ClientId,
    [property: Id(1)] ImmutableArray<AvailabilityMember> Members,
    [property: Id(2)] ImmutableArray<AvailabilityGroup> Groups,
    [property: Id(3)] int Duration,
    [property: Id(4)] ImmutableArray<long> Periods,
    [property: Id(5)] ImmutableArray<long> Slots,
    [property: Id(6)] int? Step,
    [property: Id(7)] int BufferBefore,
    [property: Id(8)] int BufferAfter,
    [property: Id(9)] AvailabilityFormat Format,
    [property: Id(10)] int MaxResults,
    [property: Id(11)] ImmutableArray<long> Explained);

/// <summary>Members of whom some must be free at the same time.</summary>
/// <param name="Required">How many; 1 or more.</param>
/// <param name="Members">Their places in <see cref="AvailabilityRequest.Members"/>, each once.</param>
[GenerateSerializer, Immutable, Alias("availability-group")]
public sealed record AvailabilityGroup([property: Id(0)] int Required, [property: Id(1)] ImmutableArray<int> Members);

/// <summary>One person, and what of their time is asked for.</summary>
/// <param name="Sub"><c>acc_…</c> or <c>apc_…</c>.</param>
/// <param name="Field">Where in the request it stands, for faults.</param>
/// <param name="Query">What is asked.</param>
[GenerateSerializer, Immutable, Alias("availability-member")]
public sealed record AvailabilityMember(
    [property: Id(0)] string Sub, [property: Id(1)] string Field, [property: Id(2)] MemberQuery Query);

/// <summary>Times at which people can meet.</summary>
/// <param name="Times">In the order of their starts.</param>
/// <param name="Statuses">How well each member's time is known; in the order of the members asked about.</param>
/// <param name="Explanations">One for each start that was to be explained.</param>
[GenerateSerializer, Immutable, Alias("availability-answer")]
public sealed record AvailabilityAnswer(
    [property: Id(0)] ImmutableArray<MeetingTime> Times,
    [property: Id(1)] ImmutableArray<MemberStatus> Statuses,
    [property: Id(2)] ImmutableArray<StartExplanation> Explanations);

/// <summary>A time at which people can meet.</summary>
/// <param name="Start">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="End">Exclusive; likewise.</param>
/// <param name="Members">Everybody who can come: places in <see cref="AvailabilityRequest.Members"/>.</param>
[GenerateSerializer, Immutable, Alias("meeting-time")]
public sealed record MeetingTime(
    [property: Id(0)] long Start, [property: Id(1)] long End, [property: Id(2)] ImmutableArray<int> Members);

/// <summary>Why a meeting can or cannot begin at some moment.</summary>
/// <param name="Start">Seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="IsOffered">True when it can.</param>
/// <param name="Obstacles">What stands in anybody's way: also of those without whom the meeting could be.</param>
[GenerateSerializer, Immutable, Alias("start-explanation")]
public sealed record StartExplanation(
    [property: Id(0)] long Start, [property: Id(1)] bool IsOffered, [property: Id(2)] ImmutableArray<StartObstacle> Obstacles);

/// <summary>One thing that stands in the way.</summary>
/// <param name="Kind">What.</param>
/// <param name="Member">Whose: a place in <see cref="AvailabilityRequest.Members"/>; null when it is nobody's.</param>
/// <param name="From">When that begins; seconds since 1970-01-01T00:00:00Z; null where there is no such time.</param>
/// <param name="To">When it ends, likewise.</param>
/// <param name="Field">The part of the request that it comes from; null where it comes from none.</param>
/// <param name="RuleIds">The rules that do not let the person be met then; default where it is not for them.</param>
/// <param name="Events">What keeps the person busy then, as far as the application may know.</param>
[GenerateSerializer, Immutable, Alias("start-obstacle")]
public sealed record StartObstacle(
    [property: Id(0)] ObstacleKind Kind,
    [property: Id(1)] int? Member,
    [property: Id(2)] long? From,
    [property: Id(3)] long? To,
    [property: Id(4)] string? Field,
    [property: Id(5)] ImmutableArray<string> RuleIds,
    [property: Id(6)] ImmutableArray<BusyEntry> Events);

/// <summary>A question for meetings that follow each other.</summary>
/// <param name="ClientId">The application that asks.</param>
/// <param name="Members">Every person once, whichever steps and groups they are in.</param>
/// <param name="Steps">1 to <see cref="SequenceSearch.MaxSteps"/>.</param>
/// <param name="MaxResults">1 or more.</param>
[GenerateSerializer, Immutable, Alias("sequence-request")]
public sealed record SequenceRequest(
    [property: Id(0)] string ClientId,
    [property: Id(1)] ImmutableArray<AvailabilityMember> Members,
    [property: Id(2)] ImmutableArray<SequenceRequestStep> Steps,
    [property: Id(3)] int MaxResults);

/// <summary>One meeting of a sequence.</summary>
/// <param name="Groups">All must be met at the same time.</param>
/// <param name="Duration">Seconds, 60 or more.</param>
/// <param name="Periods">As <see cref="TimeSet.Edges"/>.</param>
/// <param name="Step">Seconds between starts.</param>
/// <param name="Ordinal">See <see cref="SequenceStep.Ordinal"/>.</param>
/// <param name="BeforeMinimum">Seconds to the meeting before, and to what is busy.</param>
/// <param name="BeforeMaximum">Seconds to the meeting before, at most; null for no bound.</param>
/// <param name="AfterMinimum">Seconds to the next meeting, and to what is busy.</param>
/// <param name="AfterMaximum">Seconds to the next meeting, at most; null for no bound.</param>
[GenerateSerializer, Immutable, Alias("sequence-request-step")]
public sealed record SequenceRequestStep(
    [property: Id(0)] ImmutableArray<AvailabilityGroup> Groups,
    [property: Id(1)] int Duration,
    [property: Id(2)] ImmutableArray<long> Periods,
    [property: Id(3)] int Step,
    [property: Id(4)] int? Ordinal,
    [property: Id(5)] int BeforeMinimum,
    [property: Id(6)] int? BeforeMaximum,
    [property: Id(7)] int AfterMinimum,
    [property: Id(8)] int? AfterMaximum);

/// <summary>Times for meetings that follow each other.</summary>
/// <param name="Sequences">In the order of their first starts.</param>
/// <param name="IsTruncated">True when some may be missing, because there were too many possibilities to look at.</param>
[GenerateSerializer, Immutable, Alias("sequence-answer")]
public sealed record SequenceAnswer(
    [property: Id(0)] ImmutableArray<FoundSequence> Sequences, [property: Id(1)] bool IsTruncated);

/// <summary>Times for all steps.</summary>
/// <param name="Slots">In the order of time.</param>
[GenerateSerializer, Immutable, Alias("found-sequence")]
public sealed record FoundSequence([property: Id(0)] ImmutableArray<FoundSlot> Slots);

/// <summary>A time for a step.</summary>
/// <param name="Step">Its place in <see cref="SequenceRequest.Steps"/>.</param>
/// <param name="Time">When, and who can come.</param>
[GenerateSerializer, Immutable, Alias("found-slot")]
public sealed record FoundSlot([property: Id(0)] int Step, [property: Id(1)] MeetingTime Time);

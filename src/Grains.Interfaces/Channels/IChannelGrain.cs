using System.Collections.Immutable;
using CalendarActors.Domain.Channels;
using CalendarActors.Grains.Interfaces.Owed;
using NodaTime;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Channels;

/// <summary>An application that listens to a person: its filter, its deliveries, their repetition. Key: <c>chn_…</c>.</summary>
/// <remarks>Only the grant that it belongs to calls it. What is read interleaves and shows what is stored.</remarks>
[Alias("channel"), GrainInterfaceType("channel")]
public interface IChannelGrain : IOwesWork
{
    /// <summary>Makes it: once answered it listens, and owes its application a verification. Repeating it changes nothing.</summary>
    [Alias("open")]
    Task<ChannelView> Open(OpenChannel request, CancellationToken cancellationToken);

    /// <summary>How it is set; null when there is none, or what it was sealed with is destroyed.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<ChannelView?> View(CancellationToken cancellationToken);

    /// <summary>Sets how it tells from now on.</summary>
    /// <param name="isPushed">Null to leave it as it is.</param>
    /// <param name="signsStandard">Null to leave it as it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How it is set then; null when it is closed, or there is none.</returns>
    [Alias("set")]
    Task<ChannelView?> Set(bool? isPushed, bool? signsStandard, CancellationToken cancellationToken);

    /// <summary>Ends it and forgets it; what is under way may still arrive. Repeating it is harmless.</summary>
    /// <param name="personId">Whom it listens to, for one that never came to be.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("close")]
    Task Close(string personId, CancellationToken cancellationToken);

    /// <summary>A page of deliveries, by sequence.</summary>
    /// <param name="after">The last sequence known; 0 for all that are kept.</param>
    /// <param name="limit">1 or more.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null when there is no such channel.</returns>
    [Alias("deliveries"), AlwaysInterleave]
    Task<DeliveryPage?> Deliveries(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Tells again everything from a delivery on, in as few deliveries as say it; one that is being tried, at once.</summary>
    /// <param name="from">A sequence that is still kept, or being tried.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("replay")]
    Task<ReplayOutcome> Replay(long from, CancellationToken cancellationToken);

    /// <summary>What an operator sees of it; null when there is none.</summary>
    [Alias("status"), AlwaysInterleave]
    Task<ChannelStatus?> Status(CancellationToken cancellationToken);
}

/// <summary>A channel to be made.</summary>
/// <param name="ClientId"><c>app_…</c>.</param>
/// <param name="GrantId"><c>acc_…</c> or <c>apc_…</c>.</param>
/// <param name="PersonId"><c>per_…</c>.</param>
/// <param name="CallbackUrl">Checked by <see cref="CallbackAddresses"/>; it may hold a secret.</param>
/// <param name="Filter">Which changes are told.</param>
[GenerateSerializer, Immutable, Alias("open-channel")]
public sealed record OpenChannel(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string GrantId,
    [property: Id(2)] string PersonId,
    [property: Id(3)] string CallbackUrl,
    [property: Id(4)] ChannelFilter Filter)
{
    /// <summary>Prints no address.</summary>
    public override string ToString() => $"OpenChannel({ClientId}, {GrantId})";
}

/// <summary>How a channel tells.</summary>
/// <param name="IsPushed">False to keep deliveries here until they are fetched.</param>
/// <param name="SignsStandard">True to add the headers of the Standard Webhooks specification.</param>
[GenerateSerializer, Immutable, Alias("channel-settings")]
public sealed record ChannelSettings([property: Id(0)] bool IsPushed, [property: Id(1)] bool SignsStandard)
{
    /// <summary>Of a new channel.</summary>
    public static ChannelSettings Default { get; } = new(IsPushed: true, SignsStandard: false);
}

/// <summary>A channel as its application sees it.</summary>
/// <param name="ChannelId"><c>chn_…</c>.</param>
/// <param name="CallbackUrl">It may hold a secret.</param>
/// <param name="Filter">Which changes are told.</param>
/// <param name="Settings">How they are told.</param>
/// <param name="Closed">Why it closed by itself; null while it is open.</param>
/// <param name="ClosedAt">When; null while it is open.</param>
[GenerateSerializer, Immutable, Alias("channel-view")]
public sealed record ChannelView(
    [property: Id(0)] string ChannelId,
    [property: Id(1)] string CallbackUrl,
    [property: Id(2)] ChannelFilter Filter,
    [property: Id(3)] ChannelSettings Settings,
    [property: Id(4)] CloseReason? Closed,
    [property: Id(5)] Instant? ClosedAt)
{
    /// <summary>Prints no address.</summary>
    public override string ToString() => ChannelId;
}

/// <summary>A page of a channel's deliveries.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Deliveries">By sequence, finished ones and then the one that is being tried.</param>
/// <param name="HasMore">True when there are later ones.</param>
[GenerateSerializer, Immutable, Alias("delivery-page")]
public sealed record DeliveryPage(
    [property: Id(0)] ChannelView Channel,
    [property: Id(1)] ImmutableArray<Delivery> Deliveries,
    [property: Id(2)] bool HasMore);

/// <summary>What asking for a replay came to.</summary>
public enum ReplayOutcome
{
    /// <summary>It is told again.</summary>
    Accepted = 0,

    /// <summary>There is no such channel, or it is closed.</summary>
    NotFound = 1,

    /// <summary>That delivery is not kept any more, or never was.</summary>
    NotKept = 2,
}

/// <summary>A channel as the operator sees it: no address.</summary>
/// <param name="ChannelId"><c>chn_…</c>.</param>
/// <param name="ClientId"><c>app_…</c>.</param>
/// <param name="GrantId"><c>acc_…</c> or <c>apc_…</c>.</param>
/// <param name="IsPushed">False when its application fetches.</param>
/// <param name="Backlog">Deliveries that wait, the one that is being tried included.</param>
/// <param name="Oldest">When the oldest of them was first tried or, before that, made; null without any.</param>
/// <param name="Attempts">Failed attempts of the one that is being tried, in a row.</param>
/// <param name="NextAttempt">When it is tried again; null when nothing waits for that.</param>
/// <param name="LastOutcome">How the last attempt of all ended; null before the first.</param>
/// <param name="LastStatus">Its HTTP status; null when there was none.</param>
/// <param name="Closed">Why it closed by itself; null while it is open.</param>
/// <param name="ClosedAt">When; null while it is open.</param>
[GenerateSerializer, Immutable, Alias("channel-status")]
public sealed record ChannelStatus(
    [property: Id(0)] string ChannelId,
    [property: Id(1)] string ClientId,
    [property: Id(2)] string GrantId,
    [property: Id(3)] bool IsPushed,
    [property: Id(4)] int Backlog,
    [property: Id(5)] Instant? Oldest,
    [property: Id(6)] int Attempts,
    [property: Id(7)] Instant? NextAttempt,
    [property: Id(8)] CallbackOutcome? LastOutcome,
    [property: Id(9)] int? LastStatus,
    [property: Id(10)] CloseReason? Closed,
    [property: Id(11)] Instant? ClosedAt);

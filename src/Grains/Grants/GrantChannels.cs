using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Channels;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Grains.Grants;

/// <summary>The channels of one activation of a grant: the list is the grant's, the rest each channel's own.</summary>
/// <remarks>
/// The list is written first and forgotten last, so that no channel tells that nobody can close. One that is listed and is
/// not there, or closed by itself, is replaced by the next request like it.
/// </remarks>
/// <param name="state">The grant's row.</param>
/// <param name="end">The grain's own <c>DeactivateOnIdle</c>.</param>
/// <param name="grains">The factory.</param>
/// <param name="keys">Makes fingerprints.</param>
internal sealed class GrantChannels(
    IPersistentState<GrantState> state, Action end, IGrainFactory grains, DerivedKeys keys)
{
    /// <summary>As many as the vendor allows an account.</summary>
    public const int Most = 128;

    private ImmutableArray<GrantedChannelState> Listed => state.State.Channels;

    public async Task<GrantAnswer<ChannelView>> OpenAsync(
        CheckedGrant grant, string callbackUrl, ChannelFilter filter, CancellationToken cancellationToken)
    {
        if (!filter.CalendarIds.IsEmpty
            && !new GrantedCalendars(await grains.Person(grant.PersonId).View(cancellationToken)).HaveAll(filter.CalendarIds))
        {
            return GrantAnswer<ChannelView>.Invalid(
                "filters.calendar_ids", "errors.invalid_calendar_ids", "One or more of the calendar IDs provided was invalid");
        }

        byte[] fingerprint = FingerprintOf(callbackUrl, filter);
        ImmutableArray<GrantedChannelState> others = Listed;
        if (Listed.FirstOrDefault(c => c.Fingerprint.AsSpan().SequenceEqual(fingerprint)) is { } same)
        {
            if (await Of(same.ChannelId).View(cancellationToken) is { Closed: null } open)
            {
                return GrantAnswer<ChannelView>.Ok(open);
            }

            await Of(same.ChannelId).Close(grant.PersonId, cancellationToken);
            others = others.Remove(same);
        }

        if (others.Length >= Most)
        {
            others = await WithoutClosedAsync(others, grant.PersonId, cancellationToken);
        }

        if (others.Length >= Most)
        {
            return GrantAnswer<ChannelView>.Invalid(
                "callback_url", "errors.too_many", $"there are {Most} channels already: close one first");
        }

        string channelId = GrainKeys.Channel(RandomNumberGenerator.GetBytes(12));
        await StoreAsync(others.Add(new GrantedChannelState(channelId, [.. fingerprint])), cancellationToken);
        return GrantAnswer<ChannelView>.Ok(await Of(channelId).Open(
            new OpenChannel(grant.ClientId, grant.GrantId, grant.PersonId, callbackUrl, filter), cancellationToken));
    }

    public async Task<GrantAnswer<ChannelViews>> ListAsync(CancellationToken cancellationToken)
    {
        ChannelView?[] views = await Task.WhenAll(Listed.Select(c => Of(c.ChannelId).View(cancellationToken)));
        return GrantAnswer<ChannelViews>.Ok(new ChannelViews([.. views.OfType<ChannelView>().Where(v => v.Closed is null)]));
    }

    public async Task<GrantAnswer<Done>> CloseAsync(string channelId, CancellationToken cancellationToken)
    {
        if (Find(channelId) is not { } channel)
        {
            return GrantAnswer<Done>.Of(GrantOutcome.NotFound);
        }

        await Of(channelId).Close(state.State.PersonId, cancellationToken);
        await StoreAsync(Listed.Remove(channel), cancellationToken);
        return GrantAnswer<Done>.Ok(Done.Value);
    }

    /// <summary>The grant ends.</summary>
    public Task CloseAllAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Listed.Select(c => Of(c.ChannelId).Close(state.State.PersonId, cancellationToken)));

    public async Task<GrantAnswer<ChannelView>> ViewAsync(string channelId, CancellationToken cancellationToken) =>
        AnswerOf(Find(channelId) is null ? null : await Of(channelId).View(cancellationToken));

    public async Task<GrantAnswer<ChannelView>> SetAsync(
        string channelId, bool? isPushed, bool? signsStandard, CancellationToken cancellationToken) =>
        AnswerOf(Find(channelId) is null ? null : await Of(channelId).Set(isPushed, signsStandard, cancellationToken));

    public async Task<GrantAnswer<DeliveryPage>> DeliveriesAsync(
        string channelId, long after, int limit, CancellationToken cancellationToken) =>
        AnswerOf(Find(channelId) is null ? null : await Of(channelId).Deliveries(after, limit, cancellationToken));

    public async Task<GrantAnswer<Done>> ReplayAsync(string channelId, long from, CancellationToken cancellationToken)
    {
        ReplayOutcome outcome = Find(channelId) is null
            ? ReplayOutcome.NotFound
            : await Of(channelId).Replay(from, cancellationToken);
        return outcome switch
        {
            ReplayOutcome.Accepted => GrantAnswer<Done>.Ok(Done.Value),
            ReplayOutcome.NotKept => GrantAnswer<Done>.Invalid(
                "from", "errors.not_recognized", "there is no such delivery, or it is not kept any more"),
            _ => GrantAnswer<Done>.Of(GrantOutcome.NotFound),
        };
    }

    private async Task<ImmutableArray<GrantedChannelState>> WithoutClosedAsync(
        ImmutableArray<GrantedChannelState> listed, string personId, CancellationToken cancellationToken)
    {
        ChannelView?[] views = await Task.WhenAll(listed.Select(c => Of(c.ChannelId).View(cancellationToken)));
        bool[] isOpen = [.. views.Select(v => v is { Closed: null })];
        await Task.WhenAll(
            listed.Where((_, i) => !isOpen[i]).Select(c => Of(c.ChannelId).Close(personId, cancellationToken)));
        return [.. listed.Where((_, i) => isOpen[i])];
    }

    private GrantedChannelState? Find(string channelId) => Listed.FirstOrDefault(c => c.ChannelId == channelId);

    private IChannelGrain Of(string channelId) => grains.GetGrain<IChannelGrain>(channelId);

    private Task StoreAsync(ImmutableArray<GrantedChannelState> channels, CancellationToken cancellationToken) =>
        state.CommitAsync(state.State with { Channels = channels }, end, cancellationToken);

    private static GrantAnswer<T> AnswerOf<T>(T? value)
        where T : class =>
        value is null ? GrantAnswer<T>.Of(GrantOutcome.NotFound) : GrantAnswer<T>.Ok(value);

    /// <summary>Keyed, because a URL may be guessed and its hash may not tell.</summary>
    private byte[] FingerprintOf(string callbackUrl, ChannelFilter filter) => HMACSHA256.HashData(
        keys.Channels.Span,
        Encoding.UTF8.GetBytes($"{callbackUrl}\n{filter.OnlyManaged}\n{string.Join('\n', filter.CalendarIds)}"));
}

using CalendarActors.Domain.Providers;
using Google.Apis.Calendar.v3;
using Google.Apis.Calendar.v3.Data;
using NodaTime;

namespace CalendarActors.Providers.Google;

/// <summary>Google's notification channels. They cannot be prolonged: a new one starts beside the old.</summary>
internal sealed class GoogleWatches(GoogleTransport transport, TimeProvider time) : IWatches
{
    private const string Starting = "starting a watch";
    private const string Stopping = "stopping a watch";

    // Unix milliseconds that an Instant can hold with a margin.
    private const long MaxMilliseconds = 253_402_300_799_000;

    public bool AreRenewedInPlace => false;

    public bool CoverLists => true;

    /// <summary>A week, which is Google's own default (Push notifications, params.ttl, read 2026-11).</summary>
    public Duration Life { get; } = Duration.FromDays(7);

    public async Task<ProviderResult<ProviderWatch>> StartAsync(
        ProviderAccess access, string? calendarId, WatchRequest request, CancellationToken cancellationToken)
    {
        var client = new GoogleClient(transport, access, time);
        var channel = new Channel
        {
            Id = request.Id,
            Type = "web_hook",
            Address = request.Address.AbsoluteUri,
            Token = request.Secret,
            Expiration = request.Until.ToUnixTimeMilliseconds(),
        };
        CalendarBaseServiceRequest<Channel> starting = calendarId is null
            ? client.Service.CalendarList.Watch(channel)
            : client.Service.Events.Watch(channel, calendarId);
        GoogleResult<Channel> started = await client.SendAsync(starting, Starting, cancellationToken);
        if (!started.IsSuccess)
        {
            return started.Fault;
        }

        // Without the resource's id it could never be stopped; it ends by itself.
        return started.Value.ResourceId is { Length: > 0 } resource
            ? new ProviderWatch(request.Id, resource, ExpiryOf(started.Value, request.Until))
            : new ProviderFault(ProviderFaultKind.Transient, $"{Starting}: the answer names no resource.");
    }

    public Task<ProviderResult<ProviderWatch>> RenewAsync(
        ProviderAccess access, ProviderWatch watch, Instant until, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderResult<ProviderWatch>>(
            new ProviderFault(ProviderFaultKind.Rejected, "renewing a watch: Google's are started anew."));

    public async Task<ProviderFault?> StopAsync(
        ProviderAccess access, ProviderWatch watch, CancellationToken cancellationToken)
    {
        var client = new GoogleClient(transport, access, time);
        GoogleResult<string> stopped = await client.SendAsync(
            client.Service.Channels.Stop(new Channel { Id = watch.Id, ResourceId = watch.ResourceId }), Stopping, cancellationToken);
        return stopped.IsSuccess || stopped.IsGone ? null : stopped.Fault;
    }

    private static Instant ExpiryOf(Channel channel, Instant until) =>
        channel.Expiration is { } at and > 0 and < MaxMilliseconds ? Instant.FromUnixTimeMilliseconds(at) : until;
}

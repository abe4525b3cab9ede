using CalendarActors.Domain.Providers;
using Microsoft.Graph.Models;
using NodaTime;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Graph's change notifications.</summary>
/// <remarks>
/// Source: Microsoft Graph, "subscription resource type" and "lifecycle events", read 2026-11. Graph asks both addresses
/// to prove themselves while a subscription is being made, and may again when it is renewed.
/// </remarks>
internal sealed class MicrosoftWatches(GraphAccess graph) : IWatches
{
    public bool AreRenewedInPlace => true;

    /// <inheritdoc/>
    /// <remarks>Graph has no change notifications for calendars, only for events.</remarks>
    public bool CoverLists => false;

    /// <inheritdoc/>
    /// <remarks>Sources name different limits for calendars: 4,230 minutes is the least of them.</remarks>
    public Duration Life => Duration.FromMinutes(4000);

    public Task<ProviderResult<ProviderWatch>> StartAsync(
        ProviderAccess access, string? calendarId, WatchRequest request, CancellationToken cancellationToken) =>
        graph.CallAsync(
            access,
            async (session, token) =>
            {
                var wanted = new Subscription
                {
                    ChangeType = "created,updated,deleted",
                    Resource = $"me/calendars/{calendarId}/events",
                    NotificationUrl = request.Address.AbsoluteUri,
                    LifecycleNotificationUrl = request.LifecycleAddress.AbsoluteUri,
                    ClientState = request.Secret,
                    ExpirationDateTime = Until(request.Until, session.Now),
                };
                return Read(
                    await session.AskAsync(
                        "starting a watch",
                        (client, t) => client.Subscriptions.PostAsync(wanted, cancellationToken: t),
                        token),
                    id: null);
            },
            cancellationToken);

    public Task<ProviderResult<ProviderWatch>> RenewAsync(
        ProviderAccess access, ProviderWatch watch, Instant until, CancellationToken cancellationToken) =>
        graph.CallAsync(
            access,
            async (session, token) =>
            {
                var wanted = new Subscription { ExpirationDateTime = Until(until, session.Now) };
                return Read(
                    await session.AskAsync(
                        "renewing a watch",
                        (client, t) => client.Subscriptions[watch.Id].PatchAsync(wanted, cancellationToken: t),
                        token),
                    watch.Id);
            },
            cancellationToken);

    public async Task<ProviderFault?> StopAsync(
        ProviderAccess access, ProviderWatch watch, CancellationToken cancellationToken)
    {
        ProviderResult<ProviderWatch> stopped = await graph.CallAsync<ProviderWatch>(
            access,
            async (session, token) => await session.TellAsync(
                "stopping a watch",
                (client, t) => client.Subscriptions[watch.Id].DeleteAsync(cancellationToken: t),
                token) is { } fault
                ? fault
                : watch,
            cancellationToken);
        return stopped.Fault?.Kind == ProviderFaultKind.NotFound ? null : stopped.Fault;
    }

    private DateTimeOffset Until(Instant wanted, Instant now) => Instant.Min(wanted, now + Life).ToDateTimeOffset();

    private static ProviderResult<ProviderWatch> Read(ProviderResult<Subscription> answer, string? id) =>
        !answer.IsSuccess ? answer.Fault
            : (answer.Value.Id ?? id) is { Length: > 0 } given && answer.Value.ExpirationDateTime is { } end
                ? new ProviderWatch(given, ResourceId: null, Instant.FromDateTimeOffset(end))
                : new ProviderFault(ProviderFaultKind.Transient, "watching: Graph does not say what it took.");
}

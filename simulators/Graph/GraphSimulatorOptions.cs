using System.Net;

namespace CalendarActors.Simulators.Graph;

/// <summary>How a simulator of Microsoft's calendars behaves.</summary>
public sealed class GraphSimulatorOptions
{
    /// <summary>Where it listens; the loopback address by default.</summary>
    public IPAddress ListensAt { get; init; } = IPAddress.Loopback;

    /// <summary>The port there; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where others reach it, ending in a slash; null (the default) is where it listens.</summary>
    public Uri? Address { get; init; }

    /// <summary>The simulator's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where ids, faults and notifications' fates start.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long access tokens live. One hour by default.</summary>
    public TimeSpan AccessTokenLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long refresh tokens live, from each use anew. 90 days by default.</summary>
    public TimeSpan RefreshTokenLife { get; init; } = TimeSpan.FromDays(90);

    /// <summary>A refresh token works once only. False by default: the old one goes on working, as Microsoft's do.</summary>
    public bool RefreshTokensWorkOnce { get; init; }

    /// <summary>Requests of one mailbox at the same time before 429. Microsoft's limit is 4, the default.</summary>
    public int ConcurrentRequestsPerMailbox { get; init; } = 4;

    /// <summary>Items on a page when the client does not say. 10 by default, as Graph's.</summary>
    public int PageSize { get; init; } = 10;

    /// <summary>The longest life of a subscription. 4,230 minutes by default.</summary>
    public TimeSpan LongestSubscription { get; init; } = TimeSpan.FromMinutes(4230);

    /// <summary>Sends notifications as soon as they are due, for people; tests call <see cref="GraphSimulator.DeliverNotificationsAsync"/>.</summary>
    public bool DeliversNotificationsByItself { get; init; }

    /// <summary>Sends the notifications; null uses the network.</summary>
    public HttpMessageHandler? NotificationHandler { get; init; }
}

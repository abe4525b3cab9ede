using System.Net;

namespace CalendarActors.Simulators.Google;

/// <summary>What kind of Google is simulated. Every default is what a test wants; a sandbox changes a few.</summary>
public sealed class GoogleSimulatorOptions
{
    /// <summary>Where it listens; the loopback address by default.</summary>
    public IPAddress ListensAt { get; init; } = IPAddress.Loopback;

    /// <summary>The port there; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where others reach it, ending in a slash; null (the default) is where it listens.</summary>
    public Uri? Address { get; init; }

    /// <summary>Where chance starts: ids, faults, notifications.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The OAuth client that the product was registered as.</summary>
    public string ClientId { get; init; } = "simulated-client.apps.googleusercontent.com";

    /// <summary>Its secret.</summary>
    public string ClientSecret { get; init; } = "simulated-secret";

    /// <summary>The registered redirect addresses; empty allows any.</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>Life of an access token.</summary>
    public TimeSpan AccessTokenLife { get; init; } = TimeSpan.FromSeconds(3599);

    /// <summary>Life of a refresh token; null is without end. An app in Google's "Testing" state has seven days.</summary>
    public TimeSpan? RefreshTokenLife { get; init; }

    /// <summary>Life of a sync token; null is without end.</summary>
    public TimeSpan? SyncTokenLife { get; init; }

    /// <summary>A sync token more than this many changes of its calendar behind is refused; null honors all.</summary>
    public int? SyncTokenChangesAtMost { get; init; }

    /// <summary>A watch channel never lives longer, whatever is asked.</summary>
    public TimeSpan WatchLifeAtMost { get; init; } = TimeSpan.FromDays(7);

    /// <summary>As the real one does, refuses watch addresses that are not https.</summary>
    public bool RequiresHttpsWebhooks { get; init; }

    /// <summary>The first message of a channel arrives before the answer to the watch request.</summary>
    public bool SyncMessageBeforeAnswer { get; init; }

    /// <summary>Notifications are sent as they fall due, without <c>Notifications.DeliverDueAsync</c>.</summary>
    public bool DeliversByItself { get; init; }

    /// <summary>How a test catches notifications without a real subscriber; null uses the network.</summary>
    public HttpMessageHandler? NotificationHandler { get; init; }

    /// <summary>Requests of one user a minute; null is without limit. The real one: 600.</summary>
    public int? RequestsPerUserPerMinute { get; init; }

    /// <summary>Requests of everybody a minute; null is without limit. The real one: 10,000.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>The status of an exceeded limit: 403 or 429, the real one uses both.</summary>
    public int RateLimitStatus { get; init; } = 403;

    /// <summary>How long a conference is pending.</summary>
    public TimeSpan ConferenceReadyAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A deleted series also lists its exceptions as deleted. False leaves readers to draw the conclusion.</summary>
    public bool DeletedSeriesListsExceptions { get; init; } = true;

    /// <summary>A page of events holds no more, whatever is asked; the real one promises nothing but a limit either.</summary>
    public int EventsPerPageAtMost { get; init; } = 2500;

    /// <summary>An item that changes while a listing is read page by page is on a later page as it is then, or on none.</summary>
    public bool PagesMoveWhileReading { get; init; }
}

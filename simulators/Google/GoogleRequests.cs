namespace CalendarActors.Simulators.Google;

/// <summary>Classes of requests, for faults and counts.</summary>
public static class GoogleRequests
{
    /// <summary>The consent page.</summary>
    public const string Authorize = "authorize";

    /// <summary>Codes and refresh tokens for access tokens.</summary>
    public const string Token = "token";

    /// <summary>Revocation.</summary>
    public const string Revoke = "revoke";

    /// <summary>Who the user is.</summary>
    public const string UserInformation = "userinfo";

    /// <summary>The list of calendars.</summary>
    public const string Calendars = "calendars";

    /// <summary>Calendars made, changed, deleted or looked at.</summary>
    public const string Calendar = "calendar";

    /// <summary>Lists of events.</summary>
    public const string Listing = "listing";

    /// <summary>One event.</summary>
    public const string Get = "get";

    /// <summary>Instances of one series.</summary>
    public const string Instances = "instances";

    /// <summary>Events made, changed or deleted.</summary>
    public const string Write = "write";

    /// <summary>Channels opened.</summary>
    public const string Watch = "watch";

    /// <summary>Channels stopped.</summary>
    public const string Stop = "stop";

    /// <summary>Busy time.</summary>
    public const string FreeBusy = "freebusy";

    /// <summary>The simulator's own pages.</summary>
    public const string Page = "page";

    /// <summary>What no other class is for.</summary>
    public const string Other = "other";
}

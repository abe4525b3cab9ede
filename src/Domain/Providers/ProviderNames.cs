namespace CalendarActors.Domain.Providers;

/// <summary>The values of <c>provider_name</c> on the wire.</summary>
public static class ProviderNames
{
    /// <summary>Google Calendar.</summary>
    public const string Google = "google";

    /// <summary>Microsoft 365.</summary>
    public const string Office365 = "office365";

    /// <summary>Outlook.com.</summary>
    public const string LiveConnect = "live_connect";

    /// <summary>Apple iCloud, over CalDAV.</summary>
    public const string Apple = "apple";

    /// <summary>Fastmail, over CalDAV.</summary>
    public const string Fastmail = "fastmail";

    /// <summary>Nextcloud, over CalDAV.</summary>
    public const string Nextcloud = "nextcloud";

    /// <summary>Any other CalDAV server.</summary>
    public const string CalDav = "caldav";

    /// <summary>An application calendar: native, with no provider behind it.</summary>
    public const string Native = "cronofy";
}

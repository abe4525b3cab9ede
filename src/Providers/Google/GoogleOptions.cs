namespace CalendarActors.Providers.Google;

/// <summary>The OAuth client and the addresses of Google, section <c>CalendarActors:Providers:Google</c>.</summary>
/// <remarks>Without <see cref="ClientId"/> Google is not offered. The addresses are others only for tests and sandboxes.</remarks>
public sealed class GoogleOptions
{
    /// <summary>Where the options are read from.</summary>
    public const string Section = "CalendarActors:Providers:Google";

    /// <summary>The client id that Google Cloud issued, for an application of type "web"; null when Google is not offered.</summary>
    public string? ClientId { get; set; }

    /// <summary>The client's secret. Demanded with <see cref="ClientId"/>.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Where a person's browser goes to log in and consent.</summary>
    public Uri AuthorizationEndpoint { get; set; } = new("https://accounts.google.com/o/oauth2/v2/auth");

    /// <summary>Where codes and refresh tokens become access tokens.</summary>
    public Uri TokenEndpoint { get; set; } = new("https://oauth2.googleapis.com/token");

    /// <summary>Where a permission is given back.</summary>
    public Uri RevocationEndpoint { get; set; } = new("https://oauth2.googleapis.com/revoke");

    /// <summary>Where an access token says whose it is.</summary>
    public Uri UserInfoEndpoint { get; set; } = new("https://openidconnect.googleapis.com/v1/userinfo");

    /// <summary>The Calendar API, version 3; ends in a slash.</summary>
    public Uri ApiBaseUrl { get; set; } = new("https://www.googleapis.com/calendar/v3/");
}

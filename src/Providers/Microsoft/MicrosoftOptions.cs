namespace CalendarActors.Providers.Microsoft;

/// <summary>The application that this installation is to Microsoft, section <c>CalendarActors:Providers:Microsoft</c>.</summary>
/// <remarks>Without a client id the providers <c>office365</c> and <c>live_connect</c> are not offered.</remarks>
public sealed class MicrosoftOptions
{
    /// <summary>Where the options are read from.</summary>
    public const string Section = "CalendarActors:Providers:Microsoft";

    /// <summary>Application (client) id of the app registration; empty to leave Microsoft out. Default empty.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>A client secret of that registration; a secret. Needed with <see cref="ClientId"/>.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>
    /// Who logs people in. Default <c>https://login.microsoftonline.com/common</c>: work, school and personal accounts;
    /// a tenant's id in place of <c>common</c> limits <c>office365</c> to it. Plain http only for a simulator, whose host
    /// must be listed in <c>CalendarActors:Outbound:AllowedHosts</c>.
    /// </summary>
    public string Authority { get; set; } = MicrosoftAuthority.Default;

    /// <summary>Microsoft Graph. Default <c>https://graph.microsoft.com/v1.0</c>; national clouds have others.</summary>
    public string GraphBaseUrl { get; set; } = "https://graph.microsoft.com/v1.0";

    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"MicrosoftOptions({Authority})";
}

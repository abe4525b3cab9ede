using CalendarActors.Domain.Providers;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Who logs people in, as MSAL must be told and as it really is.</summary>
/// <remarks>
/// MSAL refuses authorities over plain http, and looks others up at Microsoft. So it is always told Microsoft's own
/// address, and <see cref="AuthorityHandler"/> sends its requests where the options say.
/// </remarks>
internal sealed class MicrosoftAuthority(MicrosoftOptions options)
{
    /// <summary>Work, school and personal accounts.</summary>
    public const string Default = "https://login.microsoftonline.com/common";

    private const string Consumers = "consumers";
    private static readonly Uri Official = new("https://login.microsoftonline.com/");

    /// <summary>Scheme, host and port of the real one.</summary>
    public Uri Origin { get; } = new(new Uri(options.Authority).GetLeftPart(UriPartial.Authority) + "/");

    /// <summary>True when MSAL may talk to it as it is.</summary>
    public bool IsOfficial => Origin == Official;

    /// <summary>The authority to give to MSAL.</summary>
    public Uri ForMsal(string providerName) => new(Official, TenantOf(providerName));

    /// <summary>Where browsers go, or tokens are asked for.</summary>
    public Uri Endpoint(string providerName, string name) => new(Origin, $"{TenantOf(providerName)}/oauth2/v2.0/{name}");

    // Personal accounts live in a tenant of their own; asked there, nobody can log in with a work account by mistake.
    private string TenantOf(string providerName) => providerName == ProviderNames.LiveConnect
        ? Consumers
        : new Uri(options.Authority).AbsolutePath.Trim('/');
}

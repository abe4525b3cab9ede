using System.Text.Json.Serialization;

namespace CalendarActors.Domain.Providers;

/// <summary>What it takes to call a provider as one person: opened only for the length of a call.</summary>
/// <param name="ProviderName">One of <see cref="ProviderNames"/>.</param>
/// <param name="Server">CalDAV: the server's address as discovered or typed. Null where the provider has only one.</param>
/// <param name="UserName">CalDAV: the login name. Null for bearer tokens.</param>
/// <param name="Secret">CalDAV: the (app) password. Otherwise the access token.</param>
public sealed record ProviderAccess(string ProviderName, Uri? Server, string? UserName, string Secret)
{
    /// <summary>The person's mail addresses, as far as they are known: not part of what is stored of a login.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Prints no secret and no login name.</summary>
    public override string ToString() => $"ProviderAccess({ProviderName})";
}

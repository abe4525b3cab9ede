using System.Text.Json.Serialization;
using CalendarActors.Grains.Interfaces.Connections;

namespace CalendarActors.Gateway.Authorization;

/// <summary>The profile that was connected or confirmed last.</summary>
internal sealed record LinkingProfileWire(
    [property: JsonPropertyName("provider_name")] string ProviderName,
    [property: JsonPropertyName("profile_id")] string ProfileId,
    [property: JsonPropertyName("profile_name")] string? ProfileName)
{
    public static LinkingProfileWire From(ConnectionSummary profile) => new(
        profile.ProviderName,
        profile.ConnectionId,
        profile.ProfileName.Length == 0 ? null : profile.ProfileName);

    public override string ToString() => ProfileId;
}

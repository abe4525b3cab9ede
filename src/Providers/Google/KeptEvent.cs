using Google.Apis.Calendar.v3.Data;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CalendarActors.Providers.Google;

/// <summary>An event with everything that its class does not know, so that an update of the whole loses nothing.</summary>
internal sealed class KeptEvent : Event
{
    /// <summary>What has no property of its own.</summary>
    [JsonExtensionData]
    public IDictionary<string, JToken> Rest { get; } = new Dictionary<string, JToken>(StringComparer.Ordinal);
}

using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CalendarActors.Providers.Google;

/// <summary>A page of <c>events.list</c> whose rows are read one by one: a bad one must not hide the others.</summary>
internal sealed class EventPage
{
    [JsonProperty("items")]
    public IList<JToken>? Items { get; set; }

    [JsonProperty("nextPageToken")]
    public string? NextPageToken { get; set; }

    [JsonProperty("nextSyncToken")]
    public string? NextSyncToken { get; set; }

    [JsonProperty("timeZone")]
    public string? TimeZone { get; set; }
}

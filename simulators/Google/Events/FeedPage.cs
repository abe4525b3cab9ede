using System.Text.Json.Nodes;

namespace CalendarActors.Simulators.Google.Events;

/// <summary>A page of a listing.</summary>
internal sealed record FeedPage(JsonArray Items, string? NextPageToken, string? NextSyncToken)
{
    /// <summary>Adds the page to an answer.</summary>
    public JsonObject WriteTo(JsonObject answer)
    {
        if (NextPageToken is not null)
        {
            answer["nextPageToken"] = NextPageToken;
        }

        if (NextSyncToken is not null)
        {
            answer["nextSyncToken"] = NextSyncToken;
        }

        answer["items"] = Items;
        return answer;
    }
}

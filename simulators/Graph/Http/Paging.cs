using System.Text.Json.Nodes;

namespace CalendarActors.Simulators.Graph.Http;

/// <summary>Pages of plain lists, by <c>$skip</c> in the next link.</summary>
internal static class Paging
{
    public static JsonObject Of<T>(GraphCall call, IReadOnlyList<T> all, int size, Func<T, JsonObject> shape, string context)
    {
        int skip = call.Query.Skip;
        var answer = new JsonObject { ["@odata.context"] = $"{call.Graph}/$metadata#{context}" };
        if (string.Equals(call.Query["$count"], "true", StringComparison.OrdinalIgnoreCase))
        {
            answer["@odata.count"] = all.Count;
        }

        answer["value"] = new JsonArray([.. all.Skip(skip).Take(size).Select(one => (JsonNode)shape(one))]);
        if (skip + size < all.Count)
        {
            var others = call.Context.Request.Query.Where(static pair => pair.Key != "$skip")
                .Select(static pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value.ToString())}");
            answer["@odata.nextLink"] =
                $"{new Uri(call.Graph).GetLeftPart(UriPartial.Authority)}{call.Context.Request.Path}?{string.Join('&', others.Append($"$skip={skip + size}"))}";
        }

        return answer;
    }
}

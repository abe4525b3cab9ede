using System.Text.Json.Nodes;

namespace CalendarActors.Providers.Tests.Microsoft;

/// <summary>Events as Graph writes them.</summary>
internal static class GraphJson
{
    public static JsonObject Single(string id, string changeKey, string subject) => new()
    {
        ["@odata.etag"] = $"W/\"{changeKey}\"",
        ["id"] = id,
        ["changeKey"] = changeKey,
        ["type"] = "singleInstance",
        ["seriesMasterId"] = null,
        ["iCalUId"] = $"uid-{id}",
        ["subject"] = subject,
        ["body"] = new JsonObject { ["contentType"] = "text", ["content"] = "" },
        ["isAllDay"] = false,
        ["isCancelled"] = false,
        ["showAs"] = "busy",
        ["originalStartTimeZone"] = "UTC",
        ["originalEndTimeZone"] = "UTC",
        ["start"] = new JsonObject { ["dateTime"] = "2026-03-10T09:00:00.0000000", ["timeZone"] = "UTC" },
        ["end"] = new JsonObject { ["dateTime"] = "2026-03-10T10:00:00.0000000", ["timeZone"] = "UTC" },
        ["createdDateTime"] = "2026-01-01T00:00:00Z",
        ["lastModifiedDateTime"] = "2026-01-01T00:00:00Z",
    };
}

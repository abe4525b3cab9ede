using System.Text.Json;
using System.Text.RegularExpressions;

namespace CalendarActors.Gateway.Tests.Api;

/// <summary>Reads answers as the strictest of the vendor's five libraries does; every answer of these tests passes it.</summary>
internal static partial class StrictReader
{
    private static readonly string[] Booleans =
    [
        "deleted", "recurring", "event_private", "delete", "update", "change_participation_status", "profile_connected",
        "profile_initial_sync_required", "calendar_readonly", "calendar_deleted", "calendar_primary",
        "calendar_integrated_conferencing_available", "calendar_attachments_available",
    ];

    public static void Check(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(element);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Check(item);
                }

                break;
        }
    }

    private static void CheckObject(JsonElement element)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            JsonElement value = property.Value;
            if (Booleans.Contains(property.Name) && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                Assert.Fail($"{property.Name} is {value.GetRawText()}, which a non-nullable bool cannot hold.");
            }

            switch (property.Name)
            {
                case "created" or "updated":
                    Assert.Matches(Moment(), value.GetString());
                    break;
                case "start" or "end":
                    CheckTime(value);
                    break;
                case "pages":
                    CheckPages(value);
                    break;
                default:
                    Check(value);
                    break;
            }
        }

        if (element.TryGetProperty("event_uid", out _) && element.TryGetProperty("summary", out _))
        {
            Assert.True(element.TryGetProperty("created", out _) && element.TryGetProperty("updated", out _));
            Assert.True(element.TryGetProperty("start", out _) && element.TryGetProperty("end", out _));
        }
    }

    private static void CheckTime(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String)
        {
            Assert.Matches(MomentOrDay(), value.GetString());
            return;
        }

        Assert.Matches(LocalizedTime(), value.GetProperty("time").GetString());
        Assert.NotEmpty(value.GetProperty("tzid").GetString()!);
    }

    private static void CheckPages(JsonElement pages)
    {
        int current = pages.GetProperty("current").GetInt32();
        int total = pages.GetProperty("total").GetInt32();
        bool hasNext = pages.TryGetProperty("next_page", out JsonElement next);
        Assert.Equal(current < total, hasNext);
        Assert.InRange(current, 1, total);
        if (hasNext)
        {
            Uri address = new(next.GetString()!, UriKind.Absolute);
            Assert.Equal("", address.Query);
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", RegexOptions.None, 1000)]
    private static partial Regex Moment();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$", RegexOptions.None, 1000)]
    private static partial Regex MomentOrDay();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?$", RegexOptions.None, 1000)]
    private static partial Regex LocalizedTime();
}

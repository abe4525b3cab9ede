using Microsoft.OpenApi;

namespace CalendarActors.Gateway.Api;

/// <summary>The groups of the OpenAPI document.</summary>
internal static class ApiTags
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["Account"] = "Who stands behind an access token, and their profiles.",
        ["Attachments"] = "Files that events of the application's own have.",
        ["Availability"] = "When people can meet, and what is kept of when they can be met.",
        ["Bookable events"] = "Events that so many people may come to.",
        ["Calendars"] = "The calendars of the profiles.",
        ["Channels"] = "How an application hears of changes.",
        ["Delegation"] = "Other people's calendars: not offered, and why.",
        ["Elements"] = "Tokens for parts of pages that ask by themselves.",
        ["Events"] = "Reading what is in the calendars, and writing events of the application's own.",
        ["Free/busy"] = "When people have time, and nothing else about them.",
        ["Holds"] = "Time that is kept for a meeting which is about to be made.",
        ["OAuth"] = "How an application gets its tokens.",
        ["Operator"] = "What the operator of this installation may ask and do.",
    };

    /// <summary>The tags that are used, in the order of the alphabet.</summary>
    public static HashSet<OpenApiTag> Of(OpenApiDocument document) =>
    [
        .. document.Paths.Values
            .SelectMany(path => path.Operations ?? [])
            .SelectMany(operation => operation.Value.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Reference.Id!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => new OpenApiTag { Name = name, Description = Texts.GetValueOrDefault(name, $"{name}.") }),
    ];
}

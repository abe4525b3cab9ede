using System.Text.Json.Nodes;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Google.Wire;

/// <summary>What is answered. At most one of the bodies is set.</summary>
internal sealed record GoogleReply(int Status)
{
    public JsonNode? Json { get; init; }

    public string? Html { get; init; }

    public string? Location { get; init; }

    /// <summary>Sent to the subscriber before the answer.</summary>
    public Notification? First { get; init; }

    public static GoogleReply NoContent { get; } = new(204);

    public static GoogleReply Ok(JsonNode json) => new(200) { Json = json };

    public static GoogleReply Page(string html, int status = 200) => new(status) { Html = html };

    public static GoogleReply Redirect(string location) => new(302) { Location = location };
}

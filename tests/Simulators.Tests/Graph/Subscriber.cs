using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>A web server that subscribes.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private readonly WebApplication _app;

    public Subscriber(Func<string, string>? answer = null, string type = "text/plain")
    {
        answer ??= static token => token;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(async context =>
        {
            if (context.Request.Query["validationToken"].ToString() is { Length: > 0 } token)
            {
                Proofs.Add(context.Request.Path);
                context.Response.ContentType = type;
                await context.Response.WriteAsync(answer(token));
                return;
            }

            using var reader = new StreamReader(context.Request.Body);
            JsonNode message = JsonNode.Parse(await reader.ReadToEndAsync())!;
            context.Response.StatusCode = Status;
            if (Status == 202)
            {
                Messages.Enqueue(message);
            }
        });
        _app.Start();
    }

    public ConcurrentQueue<JsonNode> Messages { get; } = new();

    /// <summary>What messages are answered.</summary>
    public int Status { get; set; } = 202;

    public ConcurrentBag<string> Proofs { get; } = [];

    public string Address => _app.Urls.First();

    public JsonObject Wanted(GraphScene scene, int minutes = 60) => new()
    {
        ["@odata.type"] = "#microsoft.graph.subscription",
        ["changeType"] = "created,updated,deleted",
        ["resource"] = $"me/calendars/{scene.Calendar}/events",
        ["notificationUrl"] = $"{Address}/hook",
        ["lifecycleNotificationUrl"] = $"{Address}/life",
        ["clientState"] = "secret",
        ["expirationDateTime"] = $"{scene.Clock.GetUtcNow().AddMinutes(minutes):o}",
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

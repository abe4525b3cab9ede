using System.Text;

namespace CalendarActors.Bench.Peers;

/// <summary>Bare Kestrel, which gives 2 KB of JSON that never change and takes whatever is posted: the limit of this machine.</summary>
internal static class FixedPeer
{
    public static Task RunAsync(string address)
    {
        byte[] body = Encoding.UTF8.GetBytes($"{{\"filler\":\"{new string('x', 2048 - 13)}\"}}");
        WebApplication app = PeerProgram.Server(address);
        app.MapGet("/fixed", async context =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        });
        app.MapPost("/hint", async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        return app.RunAsync();
    }
}

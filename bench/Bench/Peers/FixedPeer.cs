using System.Security.Cryptography;
using System.Text;

namespace CalendarActors.Bench.Peers;

/// <summary>Bare Kestrel, which gives 2 KB of JSON that never change and takes whatever is posted: the limit of this machine.</summary>
internal static class FixedPeer
{
    /// <summary>The token that it knows.</summary>
    public const string Token = "0123456789abcdef0123456789abcdef";

    public static Task RunAsync(string address)
    {
        Dictionary<string, string> tenants = new(StringComparer.Ordinal) { [HashOf(Token)] = "tenant" };
        byte[] body = Encoding.UTF8.GetBytes($"{{\"filler\":\"{new string('x', 2048 - 13)}\"}}");
        byte[] small = "{\"channels\":[]}"u8.ToArray();
        WebApplication app = PeerProgram.Server(address);
        app.MapGet("/fixed", async context =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        });
        app.MapGet("/auth", async context =>
        {
            string? bearer = context.Request.Headers.Authorization;
            if (bearer is null || !tenants.TryGetValue(HashOf(bearer["Bearer ".Length..]), out _))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = small.Length;
            await context.Response.Body.WriteAsync(small);
        });
        app.MapPost("/hint", async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        return app.RunAsync();
    }

    private static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

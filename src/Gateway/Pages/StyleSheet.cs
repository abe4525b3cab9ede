using System.Security.Cryptography;

namespace CalendarActors.Gateway.Pages;

/// <summary>The pages' one style sheet and icon, served from this assembly under names that change with their content.</summary>
internal static class StyleSheet
{
    private static readonly byte[] Css = Load("site.css");
    private static readonly byte[] Icon = Load("icon.svg");

    public static string Path { get; } = $"/assets/site.{Fingerprint(Css)}.css";

    public static string IconPath { get; } = $"/assets/icon.{Fingerprint(Icon)}.svg";

    public static void MapStyleSheet(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext context) => Serve(context, Css, "text/css; charset=utf-8")).ExcludeFromDescription();
        routes.MapGet(IconPath, (HttpContext context) => Serve(context, Icon, "image/svg+xml")).ExcludeFromDescription();
    }

    private static IResult Serve(HttpContext context, byte[] content, string type)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(content, type);
    }

    private static string Fingerprint(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content))[..12];

    private static byte[] Load(string name)
    {
        using Stream stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("CalendarActors.Gateway.Pages." + name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

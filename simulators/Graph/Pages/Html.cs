using System.Net;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Graph.Pages;

/// <summary>Plain pages without scripts, readable on a narrow screen.</summary>
internal static class Html
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}
        label{display:block;margin:.25rem 0}fieldset{margin:.5rem 0;border:1px solid #767676}button{font:inherit;padding:.4rem .8rem;margin:.25rem .25rem .25rem 0}
        input,select{font:inherit;max-width:100%}li{margin:.5rem 0}code{font-size:.9em}
        @media (prefers-color-scheme:dark){body{color:#eee;background:#181818}a{color:#9cf}}
        """;

    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    public static Task PageAsync(HttpContext context, string title, string body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(title)} - Microsoft simulator</title><style>{Style}</style></head>
            <body><main>{body}</main></body></html>
            """);
    }
}

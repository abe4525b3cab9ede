using System.Net;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Graph.Pages;

/// <summary>The frame of every page: plain, readable at 320 px, without script.</summary>
internal static class Html
{
    private const string Style = """
        body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}
        h1{font-size:1.5rem;line-height:1.2}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem}
        label{display:block;margin:.5rem 0}fieldset{margin:.5rem 0;border:1px solid #767676}
        input:not([type=checkbox]):not([type=radio]){font:inherit;padding:.4rem;width:100%;box-sizing:border-box;border:1px solid #767676}
        button{font:inherit;padding:.5rem 1rem;margin:.25rem .5rem .25rem 0;border:1px solid #0f6cbd;background:#0f6cbd;color:#fff;cursor:pointer}
        :focus-visible{outline:3px solid #62abf5;outline-offset:2px}ul{padding-left:0;list-style:none}li{border-top:1px solid #d1d1d1;padding:.5rem 0}
        .note{color:#424242;font-size:.875rem}summary{cursor:pointer}
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
            <title>{Text(title)}</title><style>{Style}</style></head>
            <body><main>{body}</main></body></html>
            """);
    }
}

using System.Net;

namespace CalendarActors.Simulators.Google.Pages;

/// <summary>The frame of every page: plain, readable at 320 px, without script.</summary>
internal static class Html
{
    public static string Text(string? value) => WebUtility.HtmlEncode(value ?? "");

    public static string Page(string title, string body) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{Text(title)}}</title>
        <style>
        body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 44rem; color: #1f1f1f; background: #fff; overflow-wrap: anywhere }
        h1 { font-size: 1.5rem; line-height: 1.2 } h2 { font-size: 1.2rem; margin-top: 2rem } h3 { font-size: 1rem }
        form { margin: .5rem 0 } label { display: block; margin: .5rem 0 }
        input:not([type=checkbox]):not([type=radio]), select { font: inherit; padding: .4rem; width: 100%; box-sizing: border-box; border: 1px solid #747775; border-radius: .25rem }
        button { font: inherit; padding: .5rem 1rem; margin: .25rem .5rem .25rem 0; border: 1px solid #0b57d0; border-radius: .25rem; background: #0b57d0; color: #fff; cursor: pointer }
        button.plain { background: #fff; color: #0b57d0 }
        :focus-visible { outline: 3px solid #a8c7fa; outline-offset: 2px }
        fieldset { border: 1px solid #c4c7c5; border-radius: .25rem; margin: 1rem 0 } ul { padding-left: 0; list-style: none }
        li { border-top: 1px solid #e0e0e0; padding: .5rem 0 } .note { color: #444746; font-size: .875rem }
        </style>
        </head>
        <body>
        {{body}}
        </body>
        </html>
        """;
}

using CalendarActors.Gateway.Api;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CalendarActors.Gateway.Pages;

/// <summary>Answers for a request that failed: a page to people, a few words to programs.</summary>
[IgnoreAntiforgeryToken]
internal sealed class FaultModel : PageModel
{
    /// <summary>The beginning of the names of the texts to show.</summary>
    public string Problem { get; private set; } = "fault";

    public IActionResult OnGet() => Answer();

    public IActionResult OnPost() => Answer();

    public IActionResult OnDelete() => Answer();

    private IActionResult Answer()
    {
        string path = HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path
            ?? HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
            ?? "";
        if (path.Length == 0)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }

        if (Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            Response.Headers.RetryAfter = $"{ApiErrors.SoonSeconds}";
        }

        if (path.Length > 0 && !PagesComposition.IsPage(path))
        {
            return new JsonResult(new Dictionary<string, string>(StringComparer.Ordinal) { ["error"] = "temporarily_unavailable" })
            {
                StatusCode = Response.StatusCode,
            };
        }

        Problem = Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => "form",
            StatusCodes.Status404NotFound => "relinkgone",
            _ => "fault",
        };
        return Page();
    }
}

using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CalendarActors.Gateway.Pages;

/// <summary>A page about one authorization request: shows it to the browser that began it and to no other.</summary>
internal abstract class RequestPage(IGrainFactory grains, BrowserCookies cookies) : PageModel
{
    /// <summary>Of the route.</summary>
    [BindProperty(SupportsGet = true)]
    public string RequestId { get; set; } = "";

    /// <summary>What to show; null when <see cref="Problem"/> is not.</summary>
    public RequestView? Shown { get; private set; }

    /// <summary>The beginning of the names of the texts to show instead; null when all is well.</summary>
    public string? Problem { get; private set; }

    protected IAuthorizationRequestGrain Grain => grains.GetGrain<IAuthorizationRequestGrain>(RequestId);

    protected System.Collections.Immutable.ImmutableArray<byte> Browser => cookies.Recognize(HttpContext);

    /// <summary>The page of a stage.</summary>
    public string PathOf(string page) => $"/connect/{RequestId}/{page}";

    /// <summary>Loads the request; false leaves <see cref="Problem"/> to show.</summary>
    protected async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        Shown = GrainKeys.IsRequest(RequestId) ? await Grain.View(Browser, cancellationToken) : null;
        if (Shown is null)
        {
            Fail("expired", StatusCodes.Status410Gone);
        }
        else if (Shown.PersonId is { } personId && cookies.Person(HttpContext) != personId)
        {
            cookies.Remember(HttpContext, personId);
        }

        return Shown is not null;
    }

    protected IActionResult Fail(string problem, int status)
    {
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }

    /// <summary>After a form: 303, so that the browser asks with GET and without the form's content (RFC 9700 4.12).</summary>
    protected IActionResult SeeOther(string path)
    {
        Response.Headers.Location = path;
        return new StatusCodeResult(StatusCodes.Status303SeeOther);
    }
}

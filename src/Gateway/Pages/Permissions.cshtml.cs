using System.Security.Cryptography;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CalendarActors.Gateway.Pages;

/// <summary>Where a person allows or denies that an application changes events that it did not make.</summary>
/// <remarks>
/// Shown to the browser that connected the person's calendars. Any other browser first has to prove one of their logins,
/// as when it is connected again, and comes back.
/// </remarks>
internal sealed class PermissionsModel(IGrainFactory grains, BrowserCookies cookies) : PageModel
{
    /// <summary>Of the route.</summary>
    [BindProperty(SupportsGet = true)]
    public string RequestId { get; set; } = "";

    /// <summary>What to show; null when <see cref="Problem"/> is not.</summary>
    public PermissionRequestView? Shown { get; private set; }

    /// <summary>The beginning of the names of the texts to show instead; null when all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>This page.</summary>
    public string Address => $"/permissions/{RequestId}";

    private IPermissionRequestGrain Grain => grains.GetGrain<IPermissionRequestGrain>(RequestId);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return Page();
    }

    public Task<IActionResult> OnPostAllowAsync(CancellationToken cancellationToken) => DecideAsync(true, cancellationToken);

    public Task<IActionResult> OnPostDenyAsync(CancellationToken cancellationToken) => DecideAsync(false, cancellationToken);

    /// <summary>1. Which login proves it. 2. Begin to connect it again. 3. Remember where to come back to.</summary>
    public async Task<IActionResult> OnPostSignInAsync(CancellationToken cancellationToken)
    {
        // 1
        if (!await LoadAsync(cancellationToken))
        {
            return Page();
        }

        if (Shown!.SignInWith is not { } connectionId)
        {
            return SeeOther(Address);
        }

        // 2
        string requestId = GrainKeys.Request(RandomNumberGenerator.GetBytes(16));
        if (!await grains.GetGrain<IAuthorizationRequestGrain>(requestId)
            .BeginRelink(cookies.Mark(HttpContext), connectionId, cancellationToken))
        {
            return Expired();
        }

        // 3
        cookies.ComeBackTo(HttpContext, RequestId);
        return SeeOther($"/connect/{requestId}");
    }

    private async Task<IActionResult> DecideAsync(bool isAllowed, CancellationToken cancellationToken) =>
        GrainKeys.IsPermissionRequest(RequestId)
        && await Grain.Decide(cookies.Person(HttpContext), isAllowed, cancellationToken) is { } next
            ? SeeOther(next)
            : Expired();

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        Shown = GrainKeys.IsPermissionRequest(RequestId)
            ? await Grain.View(cookies.Person(HttpContext), cancellationToken)
            : null;
        if (Shown is null or { ApplicationName: null, SignInWith: null })
        {
            Expired();
        }

        return Problem is null;
    }

    private PageResult Expired()
    {
        Problem = "expired";
        Response.StatusCode = StatusCodes.Status410Gone;
        return Page();
    }

    /// <summary>After a form: 303, so that the browser asks with GET and without the form's content (RFC 9700 4.12).</summary>
    private StatusCodeResult SeeOther(string location)
    {
        Response.Headers.Location = location;
        return new StatusCodeResult(StatusCodes.Status303SeeOther);
    }
}

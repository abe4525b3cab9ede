using System.Security.Cryptography;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Secrets;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CalendarActors.Gateway.Pages;

/// <summary>Where the relink URL of a broken login leads. Shows itself only when the link is worthless.</summary>
internal sealed class RelinkModel(IGrainFactory grains, BrowserCookies cookies, DerivedKeys keys) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string link, CancellationToken cancellationToken)
    {
        string requestId = GrainKeys.Request(RandomNumberGenerator.GetBytes(16));
        if (RelinkLinks.ConnectionOf(keys, link) is not { } connectionId
            || !await grains.GetGrain<IAuthorizationRequestGrain>(requestId)
                .BeginRelink(cookies.Mark(HttpContext), connectionId, cancellationToken))
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return Page();
        }

        Response.Headers.Location = $"/connect/{requestId}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}

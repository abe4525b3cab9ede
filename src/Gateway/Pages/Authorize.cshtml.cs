using System.Security.Cryptography;
using CalendarActors.Domain.Applications;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Authorization;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Pages;

/// <summary>Where an application sends a person (RFC 6749 4.1.1). Shows itself only when there is nowhere to send them back to.</summary>
internal sealed class AuthorizeModel(
    IGrainFactory grains, BrowserCookies cookies, IOptions<PublicUrlOptions> publicUrl) : PageModel
{
    /// <summary>The text that says what is wrong.</summary>
    public string Explanation { get; private set; } = "badrequest.client";

    /// <summary>1. Who asks. 2. Where to answer. 3. What is asked. 4. Begin.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        string? clientId = AuthorizeRules.Single(Request.Query, "client_id");
        ApplicationView? application = GrainKeys.IsApplication(clientId)
            ? await grains.GetGrain<IApplicationGrain>(clientId!).View(cancellationToken)
            : null;
        if (application is null)
        {
            return Explain("badrequest.client");
        }

        string? redirectUri = AuthorizeRules.Single(Request.Query, "redirect_uri");
        if (redirectUri is null || !application.RedirectUris.Contains(redirectUri, StringComparer.Ordinal))
        {
            return Explain("badrequest.redirect");
        }

        AuthorizeVerdict verdict = AuthorizeRules.Check(Request.Query, application, redirectUri);
        return verdict.Request is { } request
            ? await BeginAsync(request, cancellationToken)
            : SeeOther(RedirectUris.With(
                redirectUri,
                ("error", verdict.Error),
                ("error_description", verdict.Description),
                ("state", verdict.State),
                ("iss", publicUrl.Value.Base)));
    }

    private async Task<IActionResult> BeginAsync(CheckedAuthorization request, CancellationToken cancellationToken)
    {
        string requestId = GrainKeys.Request(RandomNumberGenerator.GetBytes(16));
        await grains.GetGrain<IAuthorizationRequestGrain>(requestId).Begin(
            new BeginAuthorization(
                cookies.Mark(HttpContext),
                request.ClientId,
                request.ApplicationName,
                request.RedirectUri,
                request.State,
                request.Scope,
                request.CodeChallenge,
                request.ProviderName,
                request.AvoidsLinking,
                cookies.Person(HttpContext)),
            cancellationToken);
        return SeeOther($"/connect/{requestId}");
    }

    private PageResult Explain(string text)
    {
        Explanation = text;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private StatusCodeResult SeeOther(string location)
    {
        Response.Headers.Location = location;
        return new StatusCodeResult(StatusCodes.Status303SeeOther);
    }
}

using System.Security.Cryptography;
using CalendarActors.Domain.Applications;
using CalendarActors.Domain.Authorization;
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
    IGrainFactory grains, BrowserCookies cookies, BearerTokens tokens, IOptions<PublicUrlOptions> publicUrl) : PageModel
{
    /// <summary>The text that says what is wrong.</summary>
    public string Explanation { get; private set; } = "badrequest.client";

    /// <summary>1. Who asks. 2. Where to answer. 3. What is asked. 4. For whom. 5. Begin.</summary>
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
        if (verdict.Request is not { } request)
        {
            return Refuse(redirectUri, verdict);
        }

        string? linked = request.LinkToken is { } text ? await TakeLinkAsync(text, request.ClientId, cancellationToken) : null;
        return request.LinkToken is not null && linked is null
            ? Refuse(redirectUri, AuthorizeVerdict.Refused(
                "invalid_request", "link_token is unknown, expired, used already, or another application's.", request.State))
            : await BeginAsync(request, linked, cancellationToken);
    }

    private StatusCodeResult Refuse(string redirectUri, AuthorizeVerdict verdict) => SeeOther(RedirectUris.With(
        redirectUri,
        ("error", verdict.Error),
        ("error_description", verdict.Description),
        ("state", verdict.State),
        ("iss", publicUrl.Value.Base)));

    /// <summary>Used up here, before anything is shown: whoever follows the link again is refused.</summary>
    private async Task<string?> TakeLinkAsync(string text, string clientId, CancellationToken cancellationToken) =>
        tokens.Parse(text, TokenKind.Link) is { } token && token.ClientId == clientId && GrainKeys.IsGrant(token.GrainKey)
            ? await grains.Grant(token.GrainKey).TakeLink(clientId, [.. token.Hash], cancellationToken)
            : null;

    private async Task<IActionResult> BeginAsync(
        CheckedAuthorization request, string? linked, CancellationToken cancellationToken)
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
                request.AvoidsLinking && linked is null,
                linked ?? cookies.Person(HttpContext),
                IsLinked: linked is not null),
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

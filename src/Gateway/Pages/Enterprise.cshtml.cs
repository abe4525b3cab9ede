using CalendarActors.Domain.Applications;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Pages;

/// <summary>Where an application sends an administrator to connect a whole organization: says that this is not offered, and what is.</summary>
internal sealed class EnterpriseModel(IGrainFactory grains, IOptions<PublicUrlOptions> publicUrl) : PageModel
{
    /// <summary>The text that says what is wrong with the address; null when all is well with it.</summary>
    public string? Problem { get; private set; }

    public string ApplicationName { get; private set; } = "";

    /// <summary>The way back, which tells the application why (RFC 6749 4.1.2.1).</summary>
    public string Back { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        string? clientId = AuthorizeRules.Single(Request.Query, "client_id");
        ApplicationView? application = GrainKeys.IsApplication(clientId)
            ? await grains.GetGrain<IApplicationGrain>(clientId!).View(cancellationToken)
            : null;
        string? redirectUri = AuthorizeRules.Single(Request.Query, "redirect_uri");
        if (application is null)
        {
            Problem = "badrequest.client";
        }
        else if (redirectUri is null || !application.RedirectUris.Contains(redirectUri, StringComparer.Ordinal))
        {
            Problem = "badrequest.redirect";
        }
        else
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            ApplicationName = application.Name;
            Back = RedirectUris.With(
                redirectUri,
                ("error", "unauthorized_client"),
                ("error_description", "Service accounts are not supported: send people to /oauth/authorize."),
                ("state", AuthorizeRules.Single(Request.Query, "state")),
                ("iss", publicUrl.Value.Base));
        }
    }
}

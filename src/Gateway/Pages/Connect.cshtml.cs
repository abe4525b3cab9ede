using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CalendarActors.Gateway.Pages;

/// <summary>Leads to the page of the stage where a request stands.</summary>
internal sealed class ConnectModel(IGrainFactory grains, BrowserCookies cookies) : RequestPage(grains, cookies)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? SeeOther(PathOf(PageOf(Shown!))) : Page();

    private static string PageOf(RequestView view) => view switch
    {
        { Stage: RequestStage.ConfirmOwner } => "owner",
        { Stage: RequestStage.Consent } => "consent",
        { Stage: RequestStage.Reconnected } => "reconnected",
        { ProviderName: { } provider } when view.Offered.Contains(provider, StringComparer.Ordinal) =>
            "login?provider=" + Uri.EscapeDataString(provider),
        _ => "choose",
    };
}

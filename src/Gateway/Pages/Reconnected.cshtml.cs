using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CalendarActors.Gateway.Pages;

/// <summary>Says that a broken login works again, or leads on to what the login was proved for.</summary>
internal sealed class ReconnectedModel(IGrainFactory grains, BrowserCookies cookies) : RequestPage(grains, cookies)
{
    private readonly BrowserCookies _cookies = cookies;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Page();
        }

        if (Shown!.Stage is not RequestStage.Reconnected)
        {
            return SeeOther($"/connect/{RequestId}");
        }

        return _cookies.TakeNext(HttpContext) is { } next ? SeeOther($"/permissions/{next}") : Page();
    }
}

using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CalendarActors.Gateway.Pages;

/// <summary>Says that a broken login works again.</summary>
internal sealed class ReconnectedModel(IGrainFactory grains, BrowserCookies cookies) : RequestPage(grains, cookies)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        !await LoadAsync(cancellationToken) || Shown!.Stage is RequestStage.Reconnected
            ? Page()
            : SeeOther($"/connect/{RequestId}");
}

using CalendarActors.Gateway.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CalendarActors.Gateway.Pages;

/// <summary>Which provider the calendar is at.</summary>
internal sealed class ChooseModel(IGrainFactory grains, BrowserCookies cookies) : RequestPage(grains, cookies)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return Page();
    }
}

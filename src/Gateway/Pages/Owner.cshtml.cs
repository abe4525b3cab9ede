using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CalendarActors.Gateway.Pages;

/// <summary>Asks whether to go on as the owner of a login that is connected already.</summary>
internal sealed class OwnerModel(IGrainFactory grains, BrowserCookies cookies) : RequestPage(grains, cookies)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        !await LoadAsync(cancellationToken) || Shown!.Stage is RequestStage.ConfirmOwner
            ? Page()
            : SeeOther($"/connect/{RequestId}");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        await Grain.ContinueAsOwner(Browser, cancellationToken) is ConnectOutcome.Connected
            ? SeeOther($"/connect/{RequestId}")
            : Fail("expired", StatusCodes.Status410Gone);
}

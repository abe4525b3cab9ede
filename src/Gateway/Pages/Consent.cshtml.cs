using CalendarActors.Domain.Applications;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces.Authorization;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Pages;

/// <summary>Where a person allows or denies what an application asks for.</summary>
internal sealed class ConsentModel(
    IGrainFactory grains, BrowserCookies cookies, IOptions<PublicUrlOptions> publicUrl) : RequestPage(grains, cookies)
{
    private readonly BrowserCookies _cookies = cookies;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        !await LoadAsync(cancellationToken) || Shown!.Stage is RequestStage.Consent
            ? Page()
            : SeeOther($"/connect/{RequestId}");

    public async Task<IActionResult> OnPostAllowAsync(CancellationToken cancellationToken) =>
        Answer(await Grain.Allow(Browser, cancellationToken));

    public async Task<IActionResult> OnPostDenyAsync(CancellationToken cancellationToken) =>
        Answer(await Grain.Deny(Browser, cancellationToken));

    /// <summary>RFC 6749 4.1.2, with <c>iss</c> of RFC 9207.</summary>
    private IActionResult Answer(RequestEnd? end)
    {
        if (end is null)
        {
            return Fail("expired", StatusCodes.Status410Gone);
        }

        if (end.PersonId is { } personId)
        {
            _cookies.Remember(HttpContext, personId);
        }

        return SeeOther(RedirectUris.With(
            end.RedirectUri,
            ("code", end.Code),
            ("error", end.Code is null ? "access_denied" : null),
            ("state", end.State),
            ("iss", publicUrl.Value.Base)));
    }
}

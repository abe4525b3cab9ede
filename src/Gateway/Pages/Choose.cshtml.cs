using CalendarActors.Domain.Providers;
using CalendarActors.Gateway.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Pages;

/// <summary>Which provider the calendar is at.</summary>
internal sealed class ChooseModel(IGrainFactory grains, BrowserCookies cookies, IOptions<PagesOptions> pages)
    : RequestPage(grains, cookies)
{
    /// <summary>The name of the text on a provider's button.</summary>
    public string NameOf(string provider) =>
        pages.Value.IsSandbox && (provider is ProviderNames.Google or ProviderNames.Office365)
            ? $"provider.{provider}.sandbox"
            : $"provider.{provider}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return Page();
    }
}

using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CalendarActors.Gateway.Pages;

/// <summary>Says why a person who came back from a provider is not connected, and what they can do.</summary>
internal sealed class ReturnedModel(IGrainFactory grains, BrowserCookies cookies) : RequestPage(grains, cookies)
{
    [BindProperty(SupportsGet = true, Name = "outcome")]
    public ConnectOutcome Outcome { get; set; }

    /// <summary>The name of the sentence.</summary>
    public string Message => $"returned.{(ModelState.IsValid && IsSaidHere(Outcome) ? Outcome : ConnectOutcome.Unreachable)}";

    /// <summary>False for outcomes that lead elsewhere, or that only a form for a password can have.</summary>
    public static bool IsSaidHere(ConnectOutcome outcome) => outcome is ConnectOutcome.Denied or ConnectOutcome.RefusedByProvider
        or ConnectOutcome.NotPermitted or ConnectOutcome.OtherLogin or ConnectOutcome.TooBusy or ConnectOutcome.Unreachable
        or ConnectOutcome.WrongPassword or ConnectOutcome.NotACalendarServer;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return Page();
    }
}

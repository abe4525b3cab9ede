using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CalendarActors.Gateway.Pages;

/// <summary>Says why a person who came back from a provider is not connected, and what they can do.</summary>
internal sealed class ReturnedModel(IGrainFactory grains, BrowserCookies cookies) : RequestPage(grains, cookies)
{
    [BindProperty(SupportsGet = true, Name = "outcome")]
    public ConnectOutcome Outcome { get; set; }

    /// <summary>Somebody reconnects a login: another account is no way out.</summary>
    public bool IsRelink => Shown!.ApplicationName is null;

    /// <summary>The name of the sentence.</summary>
    /// <remarks>
    /// Denied speaks of approval too: Microsoft answers access_denied for both, and says which only in codes that "should
    /// never be used by the client itself" (Microsoft Entra authentication and authorization error codes, read 2026-11).
    /// </remarks>
    public string Message => (ModelState.IsValid && IsSaidHere(Outcome) ? Outcome : ConnectOutcome.Unreachable) switch
    {
        ConnectOutcome.RefusedByProvider when IsRelink => "returned.RefusedByProvider.relink",
        ConnectOutcome said => $"returned.{said}",
    };

    /// <summary>The login to reconnect, by the name that its owner knows; null when there is none.</summary>
    public string? Account => IsRelink && Shown!.Profiles is [{ ProfileName: { Length: > 0 } name }, ..] ? name : null;

    /// <summary>False for outcomes that lead elsewhere, or that only a form for a password can have.</summary>
    public static bool IsSaidHere(ConnectOutcome outcome) => outcome is ConnectOutcome.Denied or ConnectOutcome.RefusedByProvider
        or ConnectOutcome.NotPermitted or ConnectOutcome.OtherLogin or ConnectOutcome.TooBusy or ConnectOutcome.Unreachable
        or ConnectOutcome.OwnedElsewhere or ConnectOutcome.WrongPassword or ConnectOutcome.NotACalendarServer;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return Page();
    }
}

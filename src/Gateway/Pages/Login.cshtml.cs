using CalendarActors.Domain.Providers;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CalendarActors.Gateway.Pages;

/// <summary>The form for a CalDAV login; where a provider has its own, leads there.</summary>
internal sealed class LoginModel(IGrainFactory grains, BrowserCookies cookies) : RequestPage(grains, cookies)
{
    private const int MaxLength = 500;
    private static readonly string[] CalDav =
        [ProviderNames.Apple, ProviderNames.Fastmail, ProviderNames.Nextcloud, ProviderNames.CalDav];

    [BindProperty(SupportsGet = true, Name = "provider")]
    public string Provider { get; set; } = "";

    [BindProperty(Name = "server")]
    public string? Server { get; set; }

    [BindProperty(Name = "user")]
    public string? UserName { get; set; }

    [BindProperty(Name = "password")]
    public string? Password { get; set; }

    /// <summary>False where the provider has only one address.</summary>
    public bool AsksServer => Provider is ProviderNames.Nextcloud or ProviderNames.CalDav;

    /// <summary>Field (empty for all of them) and the name of the text.</summary>
    public List<(string Field, string Message)> Errors { get; } = [];

    public string? HasError(string field) => Errors.Any(e => e.Field == field) ? "true" : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Page();
        }

        if (Shown is { ApplicationName: null, Profiles: [var broken] })
        {
            // Not the server's address too: whoever has the link is told no more than the link's owner could read.
            UserName = broken.ProfileName;
        }

        return !IsOffered() ? SeeOther(PathOf("choose")) : IsTyped ? Page() : await DepartAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Page();
        }

        if (!IsOffered() || !IsTyped)
        {
            return SeeOther(PathOf("choose"));
        }

        Check();
        if (Errors.Count > 0)
        {
            return Refuse();
        }

        ConnectOutcome outcome = await Grain.Connect(
            Browser, new ProviderLogin(Provider, AsksServer ? Server!.Trim() : null, UserName!.Trim(), Password!), cancellationToken);
        switch (outcome)
        {
            case ConnectOutcome.Connected or ConnectOutcome.OwnedByAnother:
                return SeeOther($"/connect/{RequestId}");
            case ConnectOutcome.Expired:
                return Fail("expired", StatusCodes.Status410Gone);
            case ConnectOutcome.TooManyAttempts:
                return Fail("attempts", StatusCodes.Status429TooManyRequests);
            default:
                Errors.Add((FieldOf(outcome), $"outcome.{outcome}"));
                return Refuse();
        }
    }

    private bool IsTyped => CalDav.Contains(Provider, StringComparer.Ordinal);

    private async Task<IActionResult> DepartAsync(CancellationToken cancellationToken)
    {
        Departure departure = await Grain.Depart(Browser, Provider, cancellationToken);
        return departure switch
        {
            { Address: { } address } => SeeOther(address),
            { Refusal: ConnectOutcome.Expired } => Fail("expired", StatusCodes.Status410Gone),
            { Refusal: ConnectOutcome.TooManyAttempts } => Fail("attempts", StatusCodes.Status429TooManyRequests),
            _ => SeeOther(PathOf("choose")),
        };
    }

    private bool IsOffered() =>
        Shown!.Offered.Contains(Provider, StringComparer.Ordinal)
        && (Shown.ApplicationName is not null || Shown.ProviderName == Provider);

    private void Check()
    {
        if (AsksServer)
        {
            Require("server", Server);
        }

        Require("user", UserName);
        Require("password", Password);
    }

    private void Require(string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Errors.Add((field, $"error.{field}.required"));
        }
        else if (value.Length > MaxLength)
        {
            Errors.Add((field, "error.too.long"));
        }
    }

    private string FieldOf(ConnectOutcome outcome) => outcome switch
    {
        ConnectOutcome.WrongPassword => "password",
        ConnectOutcome.NotACalendarServer or ConnectOutcome.AddressNotAllowed or ConnectOutcome.Unreachable when AsksServer => "server",
        _ => "",
    };

    /// <summary>The form again: what was typed stays, but for the password.</summary>
    private PageResult Refuse()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}

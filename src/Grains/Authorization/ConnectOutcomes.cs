using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Authorization;

namespace CalendarActors.Grains.Authorization;

/// <summary>Between what a person types and sees and what a provider takes and answers.</summary>
internal static class ConnectOutcomes
{
    /// <summary>Stands for an address that nobody can reach (RFC 6761 6.4).</summary>
    private static readonly Uri Nowhere = new("https://invalid.invalid/");

    /// <summary>The login as the provider takes it: a host name becomes a URL, discovery does the rest.</summary>
    public static ProviderAccess ToAccess(this ProviderLogin login) =>
        new(login.ProviderName, ServerOf(login.Server), login.UserName, login.Password);

    /// <summary>What the form says about a fault.</summary>
    public static ConnectOutcome ToOutcome(this ProviderFaultKind fault) => fault switch
    {
        ProviderFaultKind.AuthDead => ConnectOutcome.WrongPassword,
        ProviderFaultKind.NotAProvider or ProviderFaultKind.NotFound => ConnectOutcome.NotACalendarServer,
        ProviderFaultKind.AddressNotAllowed => ConnectOutcome.AddressNotAllowed,
        ProviderFaultKind.ScopeMissing or ProviderFaultKind.Rejected => ConnectOutcome.NotPermitted,
        ProviderFaultKind.Throttled => ConnectOutcome.TooBusy,
        _ => ConnectOutcome.Unreachable,
    };

    private static Uri? ServerOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        string url = text.Contains("://", StringComparison.Ordinal) ? text.Trim() : "https://" + text.Trim();
        return Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) ? uri : Nowhere;
    }
}

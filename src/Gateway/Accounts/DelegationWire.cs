using CalendarActors.Domain.Applications;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Events;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Accounts;

/// <summary>Reads requests to reach somebody else's calendars. What is wrong with one is said before it is refused.</summary>
internal static class DelegationWire
{
    /// <summary>Authorizations that one request may ask for.</summary>
    public const int MaxAuthorizations = 50;

    private const string List = "service_account_authorizations";
    private const int MaxState = 4_000;

    private static readonly string[] Single = ["email", "callback_url", "scope", "state"];

    /// <summary>One object, or a list of 1 to 50; never both.</summary>
    public static void CheckServiceAccount(RequestField root)
    {
        RequestField list = root[List];
        if (!list.IsGiven)
        {
            CheckAuthorization(root);
            return;
        }

        if (Single.Any(name => root[name].IsGiven))
        {
            list.Fault(FieldKeys.NotSupported, "one authorization or a list of them, not both");
            return;
        }

        IReadOnlyList<RequestField>? items = list.Items(MaxAuthorizations);
        if (items?.Count == 0)
        {
            list.Fault(FieldKeys.Required, "at least one must be given");
        }

        foreach (RequestField item in items ?? [])
        {
            if (item.Require() && item.ExpectObject())
            {
                CheckAuthorization(item);
            }
        }
    }

    /// <summary>What every such request names.</summary>
    public static void CheckAuthorization(RequestField root)
    {
        RequestField email = root["email"];
        if (email.Require() && email.Text(EventLimits.Url) is { } address && !MailAddresses.IsPlausible(address))
        {
            email.Fault(FieldKeys.InvalidEmail, "must be a mail address");
        }

        RequestField callback = root["callback_url"];
        if (callback.Require() && callback.Text(RedirectUris.MaxLength) is { } url
            && !(Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"))
        {
            callback.Fault(FieldKeys.InvalidFormat, "must be an absolute http or https URL");
        }

        RequestField scope = root["scope"];
        if (scope.Require() && scope.Text(RedirectUris.MaxLength) is { } words && Scopes.Normalize(words) is null)
        {
            scope.Fault(FieldKeys.NotRecognized, "scope has no word, or one that is not known");
        }

        root["state"].Text(MaxState);
    }
}

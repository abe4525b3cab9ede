using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Google;

/// <summary>Says everything that is wrong, each with its remedy.</summary>
internal sealed class GoogleOptionsValidator : IValidateOptions<GoogleOptions>
{
    public ValidateOptionsResult Validate(string? name, GoogleOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            return ValidateOptionsResult.Success;
        }

        List<string> problems = [];
        if (string.IsNullOrWhiteSpace(options.ClientSecret))
        {
            problems.Add($"{GoogleOptions.Section}:ClientSecret is missing: copy it from the OAuth client in Google Cloud, or remove ClientId so that Google is not offered.");
        }

        Check(nameof(options.AuthorizationEndpoint), options.AuthorizationEndpoint);
        Check(nameof(options.TokenEndpoint), options.TokenEndpoint);
        Check(nameof(options.RevocationEndpoint), options.RevocationEndpoint);
        Check(nameof(options.UserInfoEndpoint), options.UserInfoEndpoint);
        Check(nameof(options.ApiBaseUrl), options.ApiBaseUrl);
        if (options.ApiBaseUrl?.OriginalString.EndsWith('/') == false)
        {
            problems.Add($"{GoogleOptions.Section}:ApiBaseUrl must end in a slash, as in https://www.googleapis.com/calendar/v3/: add it.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Check(string key, Uri? address)
        {
            if (address is not { IsAbsoluteUri: true, Scheme: "https" or "http", UserInfo.Length: 0, Fragment.Length: 0 })
            {
                problems.Add($"{GoogleOptions.Section}:{key} is no http or https address: remove it for Google's own, or write one out in full.");
            }
        }
    }
}

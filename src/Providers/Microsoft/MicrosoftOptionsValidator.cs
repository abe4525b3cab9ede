using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Says everything that is wrong with <see cref="MicrosoftOptions"/>, with the remedy.</summary>
internal sealed class MicrosoftOptionsValidator : IValidateOptions<MicrosoftOptions>
{
    public ValidateOptionsResult Validate(string? name, MicrosoftOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            return ValidateOptionsResult.Success;
        }

        List<string> failures = [];
        if (!Guid.TryParse(options.ClientId, out _))
        {
            failures.Add(
                $"{MicrosoftOptions.Section}:ClientId is not a GUID. Copy the 'Application (client) ID' of the app "
                + "registration, or leave it empty to offer no Microsoft calendars.");
        }

        if (string.IsNullOrWhiteSpace(options.ClientSecret))
        {
            failures.Add(
                $"{MicrosoftOptions.Section}:ClientSecret is empty. Make one under 'Certificates & secrets' of the app "
                + "registration and give its value, not its id.");
        }

        if (!IsWebAddress(options.Authority, out Uri? authority) || authority.AbsolutePath.Trim('/') is not { Length: > 0 } tenant
            || tenant.Contains('/', StringComparison.Ordinal))
        {
            failures.Add(
                $"{MicrosoftOptions.Section}:Authority must be an address with one path segment, the tenant, such as "
                + $"'{MicrosoftAuthority.Default}'.");
        }

        if (!IsWebAddress(options.GraphBaseUrl, out Uri? graph) || graph.AbsolutePath.Trim('/').Length == 0)
        {
            failures.Add(
                $"{MicrosoftOptions.Section}:GraphBaseUrl must be an address with a version, such as "
                + "'https://graph.microsoft.com/v1.0'.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsWebAddress(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "https" or "http"
        && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0;
}

using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Outbound;

/// <summary>Says everything that is wrong with <see cref="OutboundOptions"/>, with the remedy.</summary>
internal sealed class OutboundOptionsValidator : IValidateOptions<OutboundOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboundOptions options)
    {
        List<string> failures = options.AllowedHosts
            .Select((entry, index) => (entry, index))
            .Where(pair => !AllowedHost.TryParse(pair.entry, out _))
            .Select(pair =>
                $"{OutboundOptions.Section}:AllowedHosts:{pair.index} is '{pair.entry}'. Give a host or address with an "
                + "optional port ('dav.example.com', '10.1.2.3:5232', '[fd00::1]:443') or a network ('10.20.0.0/16'), "
                + "without scheme and path.")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

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
            .Concat(Problem(options.CallbacksPerApplication, nameof(options.CallbacksPerApplication)))
            .Concat(Problem(options.CallbacksPerHost, nameof(options.CallbacksPerHost)))
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Problem(int value, string name)
    {
        if (value is < 1 or > 10_000)
        {
            yield return $"{OutboundOptions.Section}:{name} is {value}. Set CalendarActors__Outbound__{name} to 1 to 10000.";
        }
    }
}

namespace CalendarActors.Grains.Interfaces.Applications;

/// <summary>How many requests an application may make, from configuration section <c>CalendarActors:RateLimit</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Where it is bound from.</summary>
    public const string Section = "CalendarActors:RateLimit";

    /// <summary>Requests per application in each second; 0 for no limit. Default: 50.</summary>
    public int PerSecond { get; set; } = 50;

    /// <summary>Requests per application in any 60 seconds; 0 for no limit. Default: 500.</summary>
    public int PerMinute { get; set; } = 500;

    /// <summary>
    /// Requests per network address and minute at the OAuth endpoints, the pages, the links of attachments and the operator
    /// API, counted by each gateway alone; 0 for no limit. Default: 6,000. Of them at most 60 may try a login at a calendar server.
    /// </summary>
    public int AddressPerMinute { get; set; } = 6000;

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        foreach ((string name, int value) in new[]
        {
            (nameof(PerSecond), PerSecond), (nameof(PerMinute), PerMinute), (nameof(AddressPerMinute), AddressPerMinute),
        })
        {
            if (value is < 0 or > 1_000_000)
            {
                yield return $"{Section}:{name} must be 0 (no limit) to 1000000. Set CalendarActors__RateLimit__{name}, or "
                    + "leave it out for the default.";
            }
        }
    }
}

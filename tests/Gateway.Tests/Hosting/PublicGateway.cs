namespace CalendarActors.Gateway.Tests.Hosting;

/// <summary>A host as it stands behind a proxy that ends TLS, with small limits.</summary>
public sealed class PublicGateway : GatewayHost
{
    public const string PublicUrl = "https://calendars.example.test";
    public const int PerSecond = 5;
    public const int PerMinute = 12;
    public const int AddressPerMinute = 80;

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["CalendarActors:PublicUrl"] = PublicUrl + "/",
        ["CalendarActors:RateLimit:PerSecond"] = $"{PerSecond}",
        ["CalendarActors:RateLimit:PerMinute"] = $"{PerMinute}",
        ["CalendarActors:RateLimit:AddressPerMinute"] = $"{AddressPerMinute}",
    };
}

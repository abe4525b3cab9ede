namespace CalendarActors.Gateway.Tests.Hosting;

/// <summary>Every test over HTTP shares one host, and so runs after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OneGateway : ICollectionFixture<GatewayHost>
{
    public const string Name = "gateway";
}

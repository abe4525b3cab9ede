using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>One scene for all tests that leave it as it was.</summary>
public sealed class SharedExamples
{
    private ExampleScene? _scene;

    internal async Task<ExampleScene> OpenAsync(GatewayHost host) =>
        _scene ??= await ExampleScene.OpenAsync(host, "ann@example.com", withPages: true);
}

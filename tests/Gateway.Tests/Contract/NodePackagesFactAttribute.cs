using CalendarActors.Gateway.Tests.Authorization;

namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>A single test that needs node and the packages of <c>tests/Gateway.Tests/node</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodePackagesFactAttribute : FactAttribute
{
    public NodePackagesFactAttribute() => Skip = new StrictClientTheoryAttribute().Skip;
}

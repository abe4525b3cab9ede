namespace CalendarActors.Convergence.Tests;

/// <summary>Shares the cluster.</summary>
[CollectionDefinition(Name)]
public sealed class SharedSimulatedCluster : ICollectionFixture<SimulatedCluster>
{
    public const string Name = "simulated cluster";
}

using CalendarActors.Grains.Tests.Cluster;

namespace CalendarActors.Grains.Tests.Attachments;

/// <summary>A cluster whose time passes by months, which would put the events of other tests out of view; alone, because others measure memory.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FileCluster : ICollectionFixture<CalendarCluster>
{
    public const string Name = "files";
}

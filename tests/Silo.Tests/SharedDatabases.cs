namespace CalendarActors.Silo.Tests;

[CollectionDefinition(Name)]
public sealed class SharedDatabases : ICollectionFixture<Databases>
{
    public const string Name = "Databases";
}

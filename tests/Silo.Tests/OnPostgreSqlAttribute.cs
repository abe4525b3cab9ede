using System.Reflection;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.TestKit.Machine;
using Xunit.Sdk;

namespace CalendarActors.Silo.Tests;

/// <summary>Runs a theory on a real PostgreSQL; skipped where it is not installed, except in CI, where that is a failure.</summary>
public sealed class OnPostgreSqlAttribute : DataAttribute
{
    public OnPostgreSqlAttribute() => Skip = Installed.SkipReason("initdb");

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StorageProvider.PostgreSql]];
}

using System.Reflection;
using CalendarActors.Grains.Interfaces.Hosting;
using Xunit.Sdk;

namespace CalendarActors.Silo.Tests;

/// <summary>Runs a theory on SQLite.</summary>
public sealed class OnSqliteAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StorageProvider.Sqlite]];
}

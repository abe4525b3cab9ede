namespace CalendarActors.Silo.Tests.Storage;

[Alias("silo-tests.reminded")]
public interface IRemindedGrain : IGrainWithStringKey
{
    [Alias("register")]
    Task Register(string name, TimeSpan due, TimeSpan period);

    [Alias("unregister")]
    Task Unregister(string name);

    [Alias("names")]
    Task<string[]> Names();

    [Alias("ticks")]
    Task<int> Ticks(string name);
}

using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo;
using CalendarActors.Silo.Migration;

namespace CalendarActors.Standalone;

/// <summary>Copies the node's databases to PostgreSQL instead of running it, and says what to do next.</summary>
internal static class CopyCommand
{
    public static Task<int> RunAsync(string[] args) => PlainRefusal.RunAsync(
        async () =>
        {
            WebApplicationBuilder builder = WebApplication.CreateBuilder([.. args.Where(a => a != PostgreSqlCopy.Argument)]);
            foreach ((string table, long rows) in await PostgreSqlCopy.RunAsync(builder.Configuration, CancellationToken.None))
            {
                Console.WriteLine($"{table}: {rows} rows");
            }

            Console.WriteLine(
                "Copied. The node's own databases are as they were: do not start it again beside the cluster. Give every silo and "
                + "gateway the keys of this node: the contents of master.key, id.key and operator.key in its data directory, as "
                + "CalendarActors__Secrets__MasterKeys__0, CalendarActors__Secrets__IdKey and CalendarActors__Operator__Key.");
        },
        failure => (failure as StartRefusedException)?.Message);
}

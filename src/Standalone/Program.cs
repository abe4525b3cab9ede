using CalendarActors.Gateway;
using CalendarActors.Silo.Hosting;
using CalendarActors.Silo.Migration;
using CalendarActors.Standalone;
using CalendarActors.Telemetry;

if (args.Contains(PostgreSqlCopy.Argument, StringComparer.Ordinal))
{
    return await CopyCommand.RunAsync(args);
}

return await NodeProcess.RunAsync(
    Sandbox.Rest(args),
    async builder =>
    {
        builder.UseQuietLogs();
        await builder.UseSandboxAsync(args);
        builder.UseStandaloneDefaults();
        builder.AddTelemetry("standalone");
        builder.AddCalendarActorsSilo();
        builder.AddCalendarActorsGateway();
    },
    app =>
    {
        app.MapSiloHealth();
        app.MapCalendarActorsGateway();
    });

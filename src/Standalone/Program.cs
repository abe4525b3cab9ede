using CalendarActors.Gateway;
using CalendarActors.Silo.Hosting;
using CalendarActors.Standalone;

return await NodeProcess.RunAsync(
    args,
    builder =>
    {
        builder.UseQuietLogs();
        builder.UseStandaloneDefaults();
        builder.AddCalendarActorsSilo();
        builder.AddCalendarActorsGateway();
    },
    app =>
    {
        app.MapSiloHealth();
        app.MapCalendarActorsGateway();
    });

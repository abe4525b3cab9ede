using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Hosting;
using CalendarActors.Telemetry;

return await NodeProcess.RunAsync(
    args,
    builder =>
    {
        builder.UseQuietLogs();
        builder.AddTelemetry("silo");
        builder.Services.DemandCluster("src/Silo");
        builder.AddCalendarActorsSilo();
    },
    app => app.MapSiloHealth());

using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Hosting;

return await NodeProcess.RunAsync(
    args,
    builder =>
    {
        builder.UseQuietLogs();
        builder.Services.DemandCluster("src/Silo");
        builder.AddCalendarActorsSilo();
    },
    app => app.MapSiloHealth());

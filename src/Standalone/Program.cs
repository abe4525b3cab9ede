using CalendarActors.Silo.Hosting;
using CalendarActors.Standalone;

return await NodeProcess.RunAsync(
    args,
    builder =>
    {
        builder.UseQuietLogs();
        builder.UseStandaloneDefaults();
        builder.AddCalendarActorsSilo();
    },
    app => app.MapSiloHealth());

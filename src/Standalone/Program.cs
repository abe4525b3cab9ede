using CalendarActors.Gateway;
using CalendarActors.Silo.Hosting;
using CalendarActors.Standalone;

return await NodeProcess.RunAsync(
    Sandbox.Rest(args),
    async builder =>
    {
        builder.UseQuietLogs();
        await builder.UseSandboxAsync(args);
        builder.UseStandaloneDefaults();
        builder.AddCalendarActorsSilo();
        builder.AddCalendarActorsGateway();
    },
    app =>
    {
        app.MapSiloHealth();
        app.MapCalendarActorsGateway();
    });

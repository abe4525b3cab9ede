using CalendarActors.Gateway;
using CalendarActors.Gateway.Hosting;
using CalendarActors.Grains.Interfaces.Hosting;

return await PlainRefusal.RunAsync(async () =>
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    builder.UseQuietLogs();
    builder.AddClusterClient();
    builder.AddCalendarActorsGateway();
    await using WebApplication app = builder.Build();
    ClusterHealth.Map(app);
    app.MapCalendarActorsGateway();
    await app.RunAsync();
});

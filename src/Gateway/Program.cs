using CalendarActors.Gateway;
using CalendarActors.Gateway.Hosting;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Telemetry;
using Microsoft.Extensions.Options;

return await PlainRefusal.RunAsync(async () =>
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    builder.UseQuietLogs();
    builder.AddTelemetry("gateway");
    builder.AddClusterClient();
    builder.AddCalendarActorsGateway();
    await using WebApplication app = builder.Build();

    // Before any part is made: one that reads a wrong option would hide what else is wrong.
    app.Services.GetRequiredService<IStartupValidator>().Validate();
    ClusterHealth.Map(app);
    app.MapCalendarActorsGateway();
    await app.RunAsync();
});

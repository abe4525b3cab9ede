using CalendarActors.Simulators.Sandbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Configuration.AddEnvironmentVariables("SANDBOX_").AddCommandLine(args);
builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
builder.Services.AddHostedService<SandboxRun>();
await builder.Build().RunAsync();

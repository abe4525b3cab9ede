using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Extensions.Options;

namespace CalendarActors.Silo.Hosting;

/// <summary>A process of ours, from its arguments to its exit code.</summary>
public static class NodeProcess
{
    /// <summary>Composes, maps and runs until it is told to stop.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="compose">Adds the parts.</param>
    /// <param name="map">Maps the endpoints.</param>
    /// <returns>0 after a clean stop; <see cref="PlainRefusal.ExitCode"/> when it refuses to start.</returns>
    public static Task<int> RunAsync(
        string[] args, Action<WebApplicationBuilder> compose, Action<WebApplication> map)
    {
        ArgumentNullException.ThrowIfNull(compose);
        return RunAsync(
            args,
            builder =>
            {
                compose(builder);
                return Task.CompletedTask;
            },
            map);
    }

    /// <inheritdoc cref="RunAsync(string[], Action{WebApplicationBuilder}, Action{WebApplication})"/>
    public static Task<int> RunAsync(
        string[] args, Func<WebApplicationBuilder, Task> compose, Action<WebApplication> map)
    {
        ArgumentNullException.ThrowIfNull(compose);
        ArgumentNullException.ThrowIfNull(map);
        return PlainRefusal.RunAsync(
            async () =>
            {
                WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
                await compose(builder);
                await using WebApplication app = builder.Build();

                // Before any part is made: one that reads a wrong option would hide what else is wrong.
                app.Services.GetRequiredService<IStartupValidator>().Validate();
                map(app);
                await app.RunAsync();
            },
            failure => (failure as StartRefusedException)?.Message ?? NodePorts.Remedy(failure));
    }
}

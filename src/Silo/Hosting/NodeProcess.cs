using Microsoft.Extensions.Options;

namespace CalendarActors.Silo.Hosting;

/// <summary>A process of ours, from its arguments to its exit code.</summary>
public static class NodeProcess
{
    /// <summary>Composes, maps and runs until it is told to stop.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="compose">Adds the parts.</param>
    /// <param name="map">Maps the endpoints.</param>
    /// <returns>0 after a clean stop; 78 (the BSD convention for configuration) when it refuses to start.</returns>
    /// <remarks>A refusal is told in plain words, every reason at once, without a stack trace.</remarks>
    public static async Task<int> RunAsync(
        string[] args, Action<WebApplicationBuilder> compose, Action<WebApplication> map)
    {
        ArgumentNullException.ThrowIfNull(compose);
        ArgumentNullException.ThrowIfNull(map);
        try
        {
            WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
            compose(builder);
            await using WebApplication app = builder.Build();

            // The host would do so after it constructed its services, the first of which to need a wrong option fails alone.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            map(app);
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException wrong)
        {
            return Refuse(wrong.Failures);
        }
        catch (AggregateException several) when (several.InnerExceptions.All(e => e is OptionsValidationException))
        {
            return Refuse(several.InnerExceptions.SelectMany(e => ((OptionsValidationException)e).Failures));
        }
        catch (StartRefusedException refusal)
        {
            return Refuse([refusal.Message]);
        }
    }

    private static int Refuse(IEnumerable<string> reasons)
    {
        Console.Error.WriteLine("CalendarActors does not start:");
        foreach (string reason in reasons.Distinct(StringComparer.Ordinal))
        {
            Console.Error.WriteLine($"  - {reason}");
        }

        return 78;
    }
}

using Microsoft.Extensions.Options;

namespace CalendarActors.Grains.Interfaces.Hosting;

/// <summary>Runs a program that refuses to start in plain words: every reason at once, without a stack trace.</summary>
public static class PlainRefusal
{
    /// <summary>The exit code of a refusal, the BSD convention for configuration.</summary>
    public const int ExitCode = 78;

    /// <summary>Runs until the program ends.</summary>
    /// <param name="run">The program.</param>
    /// <param name="reason">The reason that another exception gives; null for one that is a bug and must be seen whole.</param>
    /// <returns>0 after a clean stop; <see cref="ExitCode"/> when it refused.</returns>
    public static async Task<int> RunAsync(Func<Task> run, Func<Exception, string?>? reason = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            await run();
            return 0;
        }
        catch (Exception failure) when (Reasons(failure, reason) is { Count: > 0 } reasons)
        {
            await Console.Error.WriteLineAsync("CalendarActors does not start:");
            foreach (string text in reasons.Distinct(StringComparer.Ordinal))
            {
                await Console.Error.WriteLineAsync($"  - {text}");
            }

            return ExitCode;
        }
    }

    private static IReadOnlyList<string> Reasons(Exception failure, Func<Exception, string?>? reason) => failure switch
    {
        OptionsValidationException wrong => [.. wrong.Failures],
        AggregateException several when several.InnerExceptions.All(e => e is OptionsValidationException) =>
            [.. several.InnerExceptions.SelectMany(e => ((OptionsValidationException)e).Failures)],
        _ => reason?.Invoke(failure) is { } text ? [text] : [],
    };
}

using Microsoft.Extensions.Configuration.Memory;

namespace CalendarActors.Silo.Hosting;

/// <summary>How loud we are unless configuration section <c>Logging</c> says otherwise.</summary>
public static class LoggingDefaults
{
    /// <summary>Our own sentences, the host's lifetime, and everybody else's warnings.</summary>
    public static IHostApplicationBuilder UseQuietLogs(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Configuration.AddDefaults(
            ("Logging:LogLevel:Default", "Warning"),
            ("Logging:LogLevel:CalendarActors", "Information"),
            ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information"),

            // At start it reports the machine's uptime as a stall (Orleans 10.4.2).
            ("Logging:LogLevel:Orleans.Runtime.Watchdog", "None"));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        return builder;
    }

    /// <summary>Adds settings that every other source overrides.</summary>
    public static void AddDefaults(this IConfigurationManager configuration, params (string Key, string Value)[] settings)
        => configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)),
        });
}

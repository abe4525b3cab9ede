using Microsoft.Extensions.Configuration.Memory;

namespace CalendarActors.Gateway.Hosting;

/// <summary>How loud a gateway is unless configuration section <c>Logging</c> says otherwise.</summary>
internal static class GatewayLogs
{
    /// <summary>Whatever the levels: the host's own line for each request shows queries, and some of them hold tokens.</summary>
    public static void HideQueries(this ILoggingBuilder logging) =>
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

    public static void UseQuietLogs(this WebApplicationBuilder builder)
    {
        ((IConfigurationManager)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Logging:LogLevel:Default"] = "Warning",
                ["Logging:LogLevel:CalendarActors"] = "Information",
                ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
            },
        });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
    }
}

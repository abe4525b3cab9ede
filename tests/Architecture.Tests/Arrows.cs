namespace CalendarActors.Architecture.Tests;

/// <summary>Which project may lean on what. The table of docs/map.md, as code.</summary>
/// <param name="Project">A project under <c>src</c>.</param>
/// <param name="Projects">All projects that its file references: no more, no fewer.</param>
/// <param name="Packages">Prefixes of the packages that it may reference.</param>
/// <param name="ForbiddenAssemblies">Prefixes of assemblies that its own assembly must not reference.</param>
internal sealed record Arrows(string Project, string[] Projects, string[] Packages, string[] ForbiddenAssemblies)
{
    /// <summary>Of every project under <c>src</c>.</summary>
    public static readonly Arrows[] Table =
    [
        new("Domain",
            [],
            ["NodaTime"],
            ["CalendarActors.", "Orleans", "Microsoft.", "System.Net", "System.Data", "Ical.Net", "Npgsql"]),
        new("Grains.Interfaces",
            ["Domain"],
            ["Microsoft.Orleans.Sdk"],
            ["CalendarActors.Grains,", "CalendarActors.Providers", "Microsoft.AspNetCore", "System.Net.Http", "System.Data", "Ical.Net", "Npgsql"]),
        new("Grains",
            ["Domain", "Grains.Interfaces"],
            ["Microsoft.Orleans."],
            ["CalendarActors.Providers", "Microsoft.AspNetCore", "System.Net.Http", "System.Data", "Microsoft.Data", "Ical.Net", "Npgsql"]),
        new("Google.Apis.Calendar.v3",
            [],
            ["Google.Apis"],
            ["CalendarActors.", "Orleans", "Microsoft.", "System.Data", "NodaTime"]),
        new("Providers",
            ["Domain", "Google.Apis.Calendar.v3"],
            ["Google.Apis", "Microsoft.Graph", "Microsoft.Identity.Client", "Microsoft.Extensions."],
            ["CalendarActors.Grains", "Orleans", "Microsoft.Orleans", "Microsoft.AspNetCore", "System.Data", "Microsoft.Data", "Npgsql"]),
        new("Silo",
            ["Domain", "Grains", "Grains.Interfaces", "Providers", "Telemetry"],
            ["Microsoft.Orleans.", "Microsoft.Data.Sqlite", "Npgsql"],
            ["CalendarActors.Gateway", "Ical.Net"]),
        new("Telemetry",
            ["Grains.Interfaces"],
            ["OpenTelemetry."],
            ["CalendarActors.Domain", "CalendarActors.Grains,", "CalendarActors.Providers", "CalendarActors.Silo", "CalendarActors.Gateway", "System.Data"]),
        new("Gateway",
            ["Domain", "Grains.Interfaces", "Telemetry"],
            ["Microsoft.Orleans.Client", "Microsoft.Orleans.Clustering.AdoNet", "Microsoft.Orleans.Dashboard", "Npgsql", "Microsoft.AspNetCore.OpenApi", "Scalar.AspNetCore"],
            ["CalendarActors.Grains,", "CalendarActors.Providers", "CalendarActors.Silo", "Microsoft.Data.Sqlite", "Ical.Net"]),
        new("Standalone",
            ["Gateway", "Silo", "Telemetry", "Simulators.Google", "Simulators.Graph"],
            [],
            ["CalendarActors.Grains,", "CalendarActors.Providers", "Ical.Net"]),
    ];

    /// <summary>Names the project in the runner.</summary>
    public override string ToString() => Project;
}

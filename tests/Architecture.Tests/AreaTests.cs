using ArchUnitNET.Loader;
using Type = System.Type;

namespace CalendarActors.Architecture.Tests;

/// <summary>Arrows between areas inside an assembly, where neither project files nor references can see them.</summary>
public sealed class AreaTests
{
    // Only our own assemblies: with Orleans and NodaTime it takes 15 s instead of 2.
    private static readonly ArchUnitNET.Domain.Architecture Loaded = new ArchLoader()
        .LoadAssemblies([.. Arrows.Table.Select(row => Repository.Load(row.Project))])
        .Build();

    /// <summary>The doors of the gateway: each call passes one of these.</summary>
    private static readonly string[] GatewayDoors =
    [
        "Applications.IApplicationGrain",
        // A stateless worker that lists applications for the operator.
        "Applications.IApplicationListGrain",
        "Authorization.IAuthorizationRequestGrain",
        "Authorization.IPermissionRequestGrain",
        // A stateless worker that asks the members' grants, and keeps nothing of them.
        "Availability.IAvailabilityGrain",
        // A stateless worker that lists channels for the operator.
        "Channels.IChannelListGrain",
        // One method, for the notifications of providers.
        "Connections.IConnectionHints",
        // A stateless worker that lists connections for the operator.
        "Connections.IConnectionListGrain",
        "Grants.IGrantGrain",
        // A stateless worker that counts for the operator.
        "Operators.IOverviewGrain",
        // One method, for the notifications of providers.
        "Sync.ICalendarHints",
    ];

    // Folders of Providers that every provider shares.
    private static readonly string[] SharedByProviders = ["Outbound", "ICalendar"];

    [Fact]
    public void Gateway_WhenItCallsAGrain_PassesOneOfItsDoors()
    {
        string[] doors = [.. GatewayDoors.Select(door => "CalendarActors.Grains.Interfaces." + door)];
        HashSet<string> grains = [.. GrainInterfaces().Select(type => type.FullName!)];

        Findings.None(
            Dependencies("Gateway").Where(arrow => grains.Contains(arrow.To) && !doors.Contains(arrow.To))
                .Select(arrow => arrow.ToString()),
            "A person's data has one door, IGrantGrain; the gateway calls no other grain but the listed:");
    }

    [Fact]
    public void Gateway_WhenItCallsAGrain_CallsOneAtAll() =>
        Assert.Contains(Dependencies("Gateway"), arrow => arrow.To == "CalendarActors.Grains.Interfaces.Grants.IGrantGrain");

    [Fact]
    public void ProviderFolder_WhenItUsesAnother_UsesOnlyASharedOne() =>
        Findings.None(
            from arrow in Dependencies("Providers")
            let @from = Area(arrow.From, "CalendarActors.Providers")
            let to = Area(arrow.To, "CalendarActors.Providers")
            where @from is not null && to is not null && @from != to && !SharedByProviders.Contains(to)
            select arrow.ToString(),
            "Providers do not know each other; what they share stands in Outbound:");

    [Fact]
    public void SharedProviderFolder_WhenItUsesAnother_KnowsNoProvider() =>
        Findings.None(
            from arrow in Dependencies("Providers")
            let @from = Area(arrow.From, "CalendarActors.Providers")
            let to = Area(arrow.To, "CalendarActors.Providers")
            where SharedByProviders.Contains(@from) && to is not null && !SharedByProviders.Contains(to)
            select arrow.ToString(),
            "What providers share knows none of them:");

    [Fact]
    public void Grains_WhenTheyReachOutside_UsePorts() =>
        Findings.None(
            Dependencies("Grains")
                .Where(arrow => arrow.To.StartsWith("System.Net.Http", StringComparison.Ordinal)
                    || arrow.To.StartsWith("System.Net.Sockets", StringComparison.Ordinal)
                    || arrow.To.StartsWith("System.Data", StringComparison.Ordinal)
                    || arrow.To.StartsWith("System.IO.File", StringComparison.Ordinal)
                    || arrow.To.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
                .Select(arrow => arrow.ToString()),
            "A grain reaches the outside through a port of Domain:");

    [Fact]
    public void Domain_WhenItRuns_TouchesNoFileNoSocketNoProcess() =>
        Findings.None(
            Dependencies("Domain")
                .Where(arrow => arrow.To.StartsWith("System.IO.File", StringComparison.Ordinal)
                    || arrow.To.StartsWith("System.IO.Directory", StringComparison.Ordinal)
                    || arrow.To.StartsWith("System.Net", StringComparison.Ordinal)
                    || arrow.To.StartsWith("System.Environment", StringComparison.Ordinal)
                    || arrow.To.StartsWith("System.Diagnostics.Process", StringComparison.Ordinal))
                .Select(arrow => arrow.ToString()),
            "Domain takes values and returns decisions:");

    private static IEnumerable<Type> GrainInterfaces() =>
        Repository.Load("Grains.Interfaces").GetTypes()
            .Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type));

    private static IEnumerable<Arrow> Dependencies(string project)
    {
        string assembly = "CalendarActors." + project;
        return from type in Loaded.Types
               where type.Assembly.Name.Split(',')[0] == assembly && !type.FullName.StartsWith("OrleansCodeGen", StringComparison.Ordinal)
               from dependency in type.Dependencies
               select new Arrow(type.FullName, dependency.Target.FullName);
    }

    // The folder right under the project; null for its root, which composes, and for other projects.
    private static string? Area(string type, string root)
    {
        if (!type.StartsWith(root + ".", StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = type[(root.Length + 1)..].Split('.');
        return parts.Length > 1 ? parts[0] : null;
    }

    private sealed record Arrow(string From, string To)
    {
        public override string ToString() => $"{From} → {To}";
    }
}

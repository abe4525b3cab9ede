namespace CalendarActors.Grains.Interfaces.Hosting;

/// <summary>Whether the Orleans Dashboard watches, from configuration section <c>CalendarActors:Dashboard</c>.</summary>
public sealed class OperatorDashboardOptions
{
    public const string Section = "CalendarActors:Dashboard";

    /// <summary>
    /// True, the default, where <c>/dashboard</c> is served to signed-in operators. It has to be the same in every silo and
    /// gateway: silos count the calls that gateways show. False saves its memory, some 70 MB a silo.
    /// </summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Everything that is wrong, each with its remedy; there is nothing that can be.</summary>
    public static IEnumerable<string> Problems() => [];
}

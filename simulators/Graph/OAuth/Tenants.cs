namespace CalendarActors.Simulators.Graph.OAuth;

/// <summary>Which tenant segments of an address are for whom.</summary>
internal static class Tenants
{
    public static bool Admits(string segment, GraphUser user) => segment switch
    {
        "common" => true,
        "organizations" => !user.IsConsumer,
        "consumers" => user.IsConsumer,
        _ => string.Equals(segment, user.TenantId, StringComparison.OrdinalIgnoreCase),
    };
}

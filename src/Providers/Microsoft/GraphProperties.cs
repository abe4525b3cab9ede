using Microsoft.Graph.Models;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Our own properties of an event, which Exchange keeps for us and shows to nobody.</summary>
/// <remarks>Named properties in a set of our own, whose GUID must never change: events are found by it.</remarks>
internal static class GraphProperties
{
    /// <summary>Holds the event key.</summary>
    public const string Key = "String {5f0b7c0e-6b3a-4e0b-9c35-2d9be5a0c1ca} Name CalendarActorsKey";

    /// <summary>Holds <see cref="GraphExtras"/>.</summary>
    public const string Extras = "String {5f0b7c0e-6b3a-4e0b-9c35-2d9be5a0c1ca} Name CalendarActorsExtras";

    /// <summary>What to say to <c>$expand</c>, so that both are there.</summary>
    public const string Expand = $"singleValueExtendedProperties($filter=id eq '{Key}' or id eq '{Extras}')";

    /// <summary>Marks <c>transactionId</c>s of ours: unlike properties they are told with every event.</summary>
    private const string TransactionPrefix = "calendaractors-";

    /// <summary>The id of a creation; Graph refuses a second one with the same, for a while.</summary>
    public static string TransactionOf(string eventKey) => TransactionPrefix + eventKey;

    /// <summary>True for an event that we created.</summary>
    public static bool IsOurs(Event row) => row.TransactionId?.StartsWith(TransactionPrefix, StringComparison.Ordinal) == true;

    /// <summary>What finds the events of a key.</summary>
    public static string FilterOf(string eventKey) =>
        $"singleValueExtendedProperties/Any(ep: ep/id eq '{Key}' and ep/value eq '{eventKey.Replace("'", "''", StringComparison.Ordinal)}')";

    /// <summary>The value of a property; null when there is none.</summary>
    public static string? Get(Event row, string id) => row.SingleValueExtendedProperties?
        .FirstOrDefault(p => string.Equals(p.Id, id, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>Sets a property.</summary>
    public static void Set(Event row, string id, string value) => (row.SingleValueExtendedProperties ??= []).Add(
        new SingleValueLegacyExtendedProperty { Id = id, Value = value });
}

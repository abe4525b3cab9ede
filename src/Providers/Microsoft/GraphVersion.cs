using System.Security.Cryptography;
using System.Text;
using Microsoft.Graph.Models;

namespace CalendarActors.Providers.Microsoft;

/// <summary>What tells one state of an event, or of a whole series, from another.</summary>
/// <remarks>
/// The change key; of a series with a digest behind it, because whether a master's own key changes with its
/// exceptions is nowhere promised.
/// </remarks>
internal static class GraphVersion
{
    private const char Separator = '.';

    /// <summary>The version of an event that was read whole.</summary>
    public static string? Of(Event row)
    {
        if (ChangeKeyOf(row) is not { } key || row.Type != EventType.SeriesMaster)
        {
            return ChangeKeyOf(row);
        }

        StringBuilder parts = new();
        foreach (string exception in (row.ExceptionOccurrences ?? [])
            .Select(e => $"{e.Id} {ChangeKeyOf(e)}").Order(StringComparer.Ordinal))
        {
            parts.Append(exception).Append('\n');
        }

        foreach (string cancelled in (row.CancelledOccurrences ?? []).Order(StringComparer.Ordinal))
        {
            parts.Append(cancelled).Append('\n');
        }

        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(parts.ToString()));
        return $"{key}{Separator}{Convert.ToHexString(digest.AsSpan(0, 6))}";
    }

    /// <summary>True for the version of a series.</summary>
    public static bool IsOfSeries(string? version) => version?.Contains(Separator, StringComparison.Ordinal) == true;

    /// <summary>True when the master's own part of a version is this event's.</summary>
    public static bool IsOf(string? version, Event master) =>
        version is not null && ChangeKeyOf(master) is { } key
        && version.StartsWith(key, StringComparison.Ordinal) && version.AsSpan(key.Length).StartsWith([Separator]);

    /// <summary>What <c>If-Match</c> wants.</summary>
    public static string? EtagOf(Event row) =>
        row.AdditionalData.TryGetValue("@odata.etag", out object? etag) && etag is string { Length: > 0 } text ? text : null;

    private static string? ChangeKeyOf(Event row) => row.ChangeKey is { Length: > 0 } key ? key : EtagOf(row);
}

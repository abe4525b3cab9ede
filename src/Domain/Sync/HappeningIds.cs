using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Time;

namespace CalendarActors.Domain.Sync;

/// <summary>Makes the uids that happenings have on the wire.</summary>
/// <remarks>
/// They depend on the calendar, the item's identity and the recurrence id only, so the same happening keeps its uid
/// whatever else changes. The identity is the UID of an external event and the event key of a managed one, whose uid is
/// then the same before and after the provider has it.
/// </remarks>
public static class HappeningIds
{
    /// <summary>Every uid starts with it.</summary>
    public const string Prefix = "evt_external_";

    /// <summary>Bytes of a uid's variable part.</summary>
    public const int SeedLength = 12;

    /// <summary>The variable part of an event that happens once, and what those of a series are made of.</summary>
    public static byte[] Seed(string calendarId, string identity) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{calendarId}\n{identity}"))[..SeedLength];

    /// <summary>The uid of one happening.</summary>
    /// <param name="seed">From <see cref="Seed"/>.</param>
    /// <param name="recurrenceId">Null for an event that happens once.</param>
    public static string Uid(ReadOnlySpan<byte> seed, CalendarTime? recurrenceId)
    {
        if (recurrenceId is not { } id)
        {
            return Of(seed);
        }

        byte[] text = [.. seed, .. Encoding.UTF8.GetBytes(id.ToString())];
        return Of(SHA256.HashData(text).AsSpan(0, SeedLength));
    }

    // Every entry of every page has one: it is written where it stays.
    private static string Of(ReadOnlySpan<byte> variable) => string.Create(
        Prefix.Length + (2 * variable.Length),
        variable,
        static (uid, bytes) =>
        {
            Prefix.CopyTo(uid);
            Convert.TryToHexStringLower(bytes, uid[Prefix.Length..], out _);
        });

    /// <summary>What all happenings of a series share on the wire.</summary>
    public static string Series(ReadOnlySpan<byte> seed) => Convert.ToHexStringLower(seed);
}

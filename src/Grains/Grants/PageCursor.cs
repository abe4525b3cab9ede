using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Grants;

/// <summary>Where a read goes on: the question with its window as the first page froze it, and the last entry listed.</summary>
/// <param name="Query">The question; its calendar ids are empty.</param>
/// <param name="CalendarTags">What <see cref="TagOf"/> says of each calendar asked for; empty for all.</param>
/// <param name="After">The last entry listed.</param>
/// <param name="Number">The page it leads to, at least 2.</param>
/// <param name="Count">How many pages there are.</param>
internal sealed record PageCursor(
    ScheduleQuery Query, ImmutableArray<long> CalendarTags, PagePosition After, int Number, int Count)
{
    private const byte Version = 2;

    /// <summary>Without what has moved; links of it were handed out until an hour before the last silo of it ended.</summary>
    private const byte Former = 1;

    /// <summary>
    /// Stands for a calendar id in 8 bytes, so that a link stays short however many are asked for. It only ever picks
    /// among one person's own calendars.
    /// </summary>
    public static long TagOf(string calendarId) =>
        BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(calendarId)));

    public byte[] ToBytes()
    {
        using MemoryStream stream = new(160 + (8 * CalendarTags.Length));
        using BinaryWriter writer = new(stream);
        writer.Write(Version);
        Write(writer, Query.From);
        Write(writer, Query.To);
        Write(writer, Query.ChangedSince);
        writer.Write(Query.ZoneId);
        writer.Write((byte)Query.Managed);
        writer.Write(Query.IncludeDeleted);
        writer.Write(Query.IncludeFree);
        writer.Write(Query.Presentation.LocalizedTimes);
        writer.Write(Query.Presentation.IncludeGeo);
        writer.Write(Query.Presentation.IncludeIds);
        writer.Write7BitEncodedInt(CalendarTags.Length);
        foreach (long tag in CalendarTags)
        {
            writer.Write(tag);
        }

        Write(writer, After.Start);
        writer.Write(After.CalendarId);
        writer.Write(After.Uid);
        writer.Write7BitEncodedInt(Number);
        writer.Write7BitEncodedInt(Count);
        writer.Write(Query.IncludeMoved);
        return stream.ToArray();
    }

    /// <summary>False for bytes of another version of us.</summary>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out PageCursor? cursor)
    {
        using BinaryReader reader = new(new MemoryStream(bytes));
        cursor = null;
        byte version = reader.ReadByte();
        if (version is not (Former or Version))
        {
            return false;
        }

        Instant? from = ReadInstant(reader);
        Instant? to = ReadInstant(reader);
        Instant? changedSince = ReadInstant(reader);
        ScheduleQuery query = new(
            from,
            to,
            reader.ReadString(),
            [],
            (ManagedEvents)reader.ReadByte(),
            reader.ReadBoolean(),
            reader.ReadBoolean(),
            changedSince,
            new Presentation(reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean()));
        ImmutableArray<long>.Builder tags = ImmutableArray.CreateBuilder<long>();
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            tags.Add(reader.ReadInt64());
        }

        PagePosition after = new(ReadInstant(reader)!.Value, reader.ReadString(), reader.ReadString());
        cursor = new PageCursor(query, tags.ToImmutable(), after, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        cursor = version == Former ? cursor : cursor with { Query = query with { IncludeMoved = reader.ReadBoolean() } };
        return true;
    }

    private static void Write(BinaryWriter writer, Instant? instant)
    {
        writer.Write(instant is not null);
        if (instant is { } given)
        {
            Duration sinceEpoch = given - NodaConstants.UnixEpoch;
            writer.Write(sinceEpoch.Days);
            writer.Write(sinceEpoch.NanosecondOfDay);
        }
    }

    private static Instant? ReadInstant(BinaryReader reader) =>
        reader.ReadBoolean()
            ? NodaConstants.UnixEpoch + Duration.FromDays(reader.ReadInt32()) + Duration.FromNanoseconds(reader.ReadInt64())
            : null;
}

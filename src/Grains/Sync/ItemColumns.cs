using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Items written column by column: like lies beside like, so that they compress to less than half.</summary>
/// <remarks>
/// Form 1: a byte 1; count; ids, uids, versions; four times of change; for each item whether it is plain (an event that
/// happens once); of the plain ones starts, lengths, anchors, texts and the number of the rest of their content. Numbers
/// are variable-length, times are differences to the one before. Anything else is kept as whole objects, in order.
/// </remarks>
internal static class ItemColumns
{
    private const byte Form = 1;

    /// <summary>Writes.</summary>
    /// <param name="items">In any order; the order is kept.</param>
    /// <param name="contents">What plain items say besides their texts, each once.</param>
    /// <param name="objects">Items that are not plain.</param>
    public static byte[] Write(
        IReadOnlyList<KnownItem> items, out ImmutableArray<EventContent> contents, out ImmutableArray<CalendarObject> objects)
    {
        using MemoryStream stream = new();
        using ColumnWriter writer = new(stream);
        writer.Byte(Form);
        writer.Number(items.Count);
        writer.Texts(items.Select(i => IdOf(i)));
        writer.Texts(items.Select(i => i.Object.Uid));
        writer.Texts(items.Select(i => i.Version));
        writer.Times(items.Select(i => (Instant?)i.Created));
        writer.Times(items.Select(i => (Instant?)i.Updated));
        writer.Times(items.Select(i => i.Object.Created));
        writer.Times(items.Select(i => i.Object.LastModified));
        foreach (KnownItem item in items)
        {
            writer.Byte(IsPlain(item.Object) ? (byte)1 : (byte)0);
        }

        EventDefinition[] plain = [.. items.Where(i => IsPlain(i.Object)).Select(i => i.Object.Master!)];
        writer.Moments(plain.Select(d => d.Start));
        foreach (EventDefinition definition in plain)
        {
            writer.Number(Wall(definition.End) - Wall(definition.Start));
        }

        writer.Anchors(plain.Select(d => d.Start));
        writer.Anchors(plain.Select(d => d.End));
        writer.Texts(plain.Select(d => (string?)d.Content.Summary));
        writer.Texts(plain.Select(d => (string?)d.Content.Description));
        writer.Texts(plain.Select(d => d.Content.Location));
        Dictionary<EventContent, int> numbers = [];
        foreach (EventDefinition definition in plain)
        {
            EventContent rest = definition.Content with { Summary = "", Description = "", Location = null };
            if (!numbers.TryGetValue(rest, out int number))
            {
                numbers[rest] = number = numbers.Count;
            }

            writer.Number(number);
        }

        writer.Flush();
        contents = [.. numbers.OrderBy(n => n.Value).Select(n => n.Key)];
        objects = [.. items.Where(i => !IsPlain(i.Object)).Select(i => i.Object)];
        return stream.ToArray();
    }

    /// <summary>Reads.</summary>
    public static KnownItem[] Read(byte[] bytes, ImmutableArray<EventContent> contents, ImmutableArray<CalendarObject> objects)
    {
        using ColumnReader reader = new(bytes);
        if (reader.Byte() is not Form and byte form)
        {
            throw new InvalidDataException($"Stored items have form {form}, which a later release writes.");
        }

        int count = (int)reader.Number();
        string?[] ids = reader.Texts(count);
        string?[] uids = reader.Texts(count);
        string?[] versions = reader.Texts(count);
        Instant?[] created = reader.Times(count);
        Instant?[] updated = reader.Times(count);
        Instant?[] objectCreated = reader.Times(count);
        Instant?[] objectModified = reader.Times(count);
        bool[] isPlain = [.. Enumerable.Range(0, count).Select(_ => reader.Byte() == 1)];
        int plain = isPlain.Count(p => p);
        long[] starts = reader.Moments(plain);
        long[] lengths = [.. Enumerable.Range(0, plain).Select(_ => reader.Number())];
        (TimeKind, string?)[] startAnchors = reader.Anchors(plain);
        (TimeKind, string?)[] endAnchors = reader.Anchors(plain);
        string?[] summaries = reader.Texts(plain);
        string?[] descriptions = reader.Texts(plain);
        string?[] locations = reader.Texts(plain);
        KnownItem[] items = new KnownItem[count];
        for (int i = 0, p = 0, o = 0; i < count; i++)
        {
            CalendarObject item = isPlain[i]
                ? new CalendarObject
                {
                    Uid = uids[i]!,
                    Created = objectCreated[i],
                    LastModified = objectModified[i],
                    Master = new EventDefinition(
                        Time(starts[p], startAnchors[p]),
                        Time(starts[p] + lengths[p], endAnchors[p]),
                        contents[(int)reader.Number()] with
                        {
                            Summary = summaries[p]!,
                            Description = descriptions[p]!,
                            Location = locations[p],
                        }),
                }
                : objects[o++];
            p += isPlain[i] ? 1 : 0;
            string id = ids[i]!.Replace("\0", uids[i], StringComparison.Ordinal);
            items[i] = new KnownItem(id, versions[i], item, created[i]!.Value, updated[i]!.Value);
        }

        return items;
    }

    /// <summary>An id mostly contains the UID (RFC 4791 servers name resources by it): said once is enough.</summary>
    private static string IdOf(KnownItem item) => item.Object.Uid.Length > 3
        ? item.Id.Replace(item.Object.Uid, "\0", StringComparison.Ordinal)
        : item.Id;

    private static bool IsPlain(CalendarObject item) =>
        item.Master is not null && !item.IsRecurring && item.Overrides.IsEmpty && item.Excluded.IsEmpty;

    private static long Wall(CalendarTime time) => time.Local.InUtc().ToInstant().ToUnixTimeSeconds();

    private static CalendarTime Time(long seconds, (TimeKind Kind, string? ZoneId) anchor)
    {
        LocalDateTime local = Instant.FromUnixTimeSeconds(seconds).InUtc().LocalDateTime;
        return anchor.Kind switch
        {
            TimeKind.Date => CalendarTime.OnDate(local.Date),
            TimeKind.Utc => CalendarTime.Utc(local),
            TimeKind.Zoned => CalendarTime.InZone(local, anchor.ZoneId!),
            _ => CalendarTime.Floating(local),
        };
    }
}

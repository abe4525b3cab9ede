using System.Text;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Reads what <see cref="ColumnWriter"/> wrote.</summary>
internal sealed class ColumnReader(byte[] bytes) : IDisposable
{
    private readonly BinaryReader _reader = new(new MemoryStream(bytes, writable: false), Encoding.UTF8);

    public byte Byte() => _reader.ReadByte();

    public void Dispose() => _reader.Dispose();

    public long Number()
    {
        long value = _reader.Read7BitEncodedInt64();
        return (long)((ulong)value >> 1) ^ -(value & 1);
    }

    public string?[] Texts(int count)
    {
        int[] lengths = Numbers(count);
        string?[] texts = new string?[count];
        for (int i = 0; i < count; i++)
        {
            texts[i] = lengths[i] < 0 ? null : Encoding.UTF8.GetString(_reader.ReadBytes(lengths[i]));
        }

        return texts;
    }

    public Instant?[] Times(int count)
    {
        Instant?[] times = new Instant?[count];
        long before = 0;
        for (int i = 0; i < count; i++)
        {
            if (Byte() == 1)
            {
                before += Number();
                times[i] = Instant.FromUnixTimeTicks(before);
            }
        }

        return times;
    }

    public long[] Moments(int count)
    {
        long[] moments = new long[count];
        long before = 0;
        for (int i = 0; i < count; i++)
        {
            moments[i] = before += Number();
        }

        return moments;
    }

    public (TimeKind Kind, string? ZoneId)[] Anchors(int count)
    {
        (TimeKind, string?)[] table = new (TimeKind, string?)[(int)Number()];
        for (int i = 0; i < table.Length; i++)
        {
            TimeKind kind = (TimeKind)Byte();
            string zone = _reader.ReadString();
            table[i] = (kind, zone.Length == 0 ? null : zone);
        }

        return [.. Numbers(count).Select(n => table[n])];
    }

    private int[] Numbers(int count)
    {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = (int)Number();
        }

        return numbers;
    }
}

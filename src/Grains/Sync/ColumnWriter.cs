using System.Text;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Writes the columns of <see cref="ItemColumns"/>.</summary>
internal sealed class ColumnWriter(Stream stream) : IDisposable
{
    private readonly BinaryWriter _writer = new(stream, Encoding.UTF8, leaveOpen: true);

    public void Byte(byte value) => _writer.Write(value);

    /// <summary>Small numbers of either sign take one byte.</summary>
    public void Number(long value) => _writer.Write7BitEncodedInt64((value << 1) ^ (value >> 63));

    /// <summary>First how long each is, in bytes, -1 for none; then what they say.</summary>
    public void Texts(IEnumerable<string?> texts)
    {
        byte[]?[] all = [.. texts.Select(t => t is null ? null : Encoding.UTF8.GetBytes(t))];
        foreach (byte[]? text in all)
        {
            Number(text?.Length ?? -1);
        }

        foreach (byte[]? text in all)
        {
            _writer.Write(text ?? []);
        }
    }

    public void Times(IEnumerable<Instant?> times)
    {
        long before = 0;
        foreach (Instant? time in times)
        {
            Byte(time is null ? (byte)0 : (byte)1);
            if (time is { } t)
            {
                Number(t.ToUnixTimeTicks() - before);
                before = t.ToUnixTimeTicks();
            }
        }
    }

    public void Moments(IEnumerable<CalendarTime> times)
    {
        long before = 0;
        foreach (CalendarTime time in times)
        {
            long seconds = time.Local.InUtc().ToInstant().ToUnixTimeSeconds();
            Number(seconds - before);
            before = seconds;
        }
    }

    /// <summary>A table of the anchors that there are, and a number for each time.</summary>
    public void Anchors(IEnumerable<CalendarTime> times)
    {
        List<(TimeKind, string?)> table = [];
        List<int> numbers = [];
        foreach (CalendarTime time in times)
        {
            int number = table.IndexOf((time.Kind, time.ZoneId));
            if (number < 0)
            {
                number = table.Count;
                table.Add((time.Kind, time.ZoneId));
            }

            numbers.Add(number);
        }

        Number(table.Count);
        foreach ((TimeKind kind, string? zoneId) in table)
        {
            Byte((byte)kind);
            _writer.Write(zoneId ?? "");
        }

        numbers.ForEach(n => Number(n));
    }

    public void Flush() => _writer.Flush();

    public void Dispose() => _writer.Dispose();
}

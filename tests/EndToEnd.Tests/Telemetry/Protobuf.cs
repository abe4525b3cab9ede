namespace CalendarActors.EndToEnd.Tests.Telemetry;

/// <summary>Reads as much of protobuf as names in OTLP need (protobuf.dev, "Encoding").</summary>
internal static class Protobuf
{
    /// <summary>The length-delimited values of a field, in order.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int field)
    {
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = Varint(message.Span, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message.Span, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    int length = (int)Varint(message.Span, ref at);
                    if ((int)(tag >> 3) == field)
                    {
                        yield return message.Slice(at, length);
                    }

                    at += length;
                    break;
            }
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CalendarActors.Gateway.Wire;

/// <summary>Writes a JSON answer: into a buffer first, so that its length is known and a fault in shaping is still a 500.</summary>
/// <remarks>Writer and buffer are the thread's, and reused.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "The writer holds nothing but the buffer beside it.")]
internal sealed class JsonAnswer
{
    public const string ContentType = "application/json; charset=utf-8";

    private const int KeptCapacity = 256 * 1024;

    // An answer is JSON and never HTML, so letters beyond ASCII and "+" are written as they are.
    private static readonly JsonWriterOptions Plainly = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
#if !DEBUG
        SkipValidation = true,
#endif
    };

    [ThreadStatic]
    private static JsonAnswer? _idle;

    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private readonly Utf8JsonWriter _writer;

    private JsonAnswer() => _writer = new Utf8JsonWriter(_buffer, Plainly);

    /// <summary>Answers with what <paramref name="write"/> writes of <paramref name="value"/>.</summary>
    public static async Task SendAsync<T>(HttpContext context, int status, T value, Action<Utf8JsonWriter, T> write)
    {
        // Taken off the thread, because the thread may serve another request while this one is being sent.
        JsonAnswer answer = _idle ?? new JsonAnswer();
        _idle = null;
        answer._buffer.ResetWrittenCount();
        answer._writer.Reset();
        write(answer._writer, value);
        answer._writer.Flush();

        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = answer._buffer.WrittenCount;

        // Started first: what is written before that, the server keeps in a buffer of its own and copies once more.
        await response.StartAsync(context.RequestAborted);
        response.BodyWriter.Write(answer._buffer.WrittenSpan);

        // Given back before the network is waited for, so that it stays with this thread and few of them exist.
        if (answer._buffer.Capacity <= KeptCapacity)
        {
            _idle = answer;
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}

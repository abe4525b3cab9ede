using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CalendarActors.Gateway.Tests.Contract;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Sdks;

/// <summary>Sends a request as it is written, as no HTTP client would: what is unescaped stays unescaped.</summary>
internal static class RawHttp
{
    /// <summary>One request on a connection of its own; its answer, which must be as documented.</summary>
    /// <param name="host">Whom.</param>
    /// <param name="method">The method.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="headers">Header lines.</param>
    /// <param name="body">The body; null for a request without one.</param>
    public static async Task<RawAnswer> SendAsync(
        GatewayHost host, string method, string target, IEnumerable<string> headers, string? body)
    {
        using TcpClient connection = new();
        await connection.ConnectAsync(host.Address.Host, host.Address.Port);
        await using NetworkStream stream = connection.GetStream();
        string length = body is null ? "" : $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        string head = $"{method} {target} HTTP/1.1\r\n{string.Concat(headers.Select(line => line + "\r\n"))}{length}Connection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body));
        using StreamReader reader = new(stream, Encoding.UTF8);
        RawAnswer answer = Parse(await reader.ReadToEndAsync());
        string path = target.Split('?')[0];
        if (ContractRules.Cover(path))
        {
            Assert.Empty(ContractRules.Findings(
                host.Contract, method, path, answer.Status, name => answer.Headers.GetValueOrDefault(name), answer.Body));
        }

        return answer;
    }

    private static RawAnswer Parse(string text)
    {
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"This is no answer: {text}");
        string[] head = text[..end].Split("\r\n");
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in head.Skip(1))
        {
            headers[line.Split(':')[0]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        string body = text[(end + 4)..];
        return new RawAnswer(
            int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture),
            headers,
            headers.GetValueOrDefault("Transfer-Encoding") is "chunked" ? Joined(body) : body);
    }

    // Lengths are of bytes; these tests read answers whose text is of one byte a character.
    private static string Joined(string chunks)
    {
        StringBuilder body = new();
        for (int at = 0; at < chunks.Length;)
        {
            int line = chunks.IndexOf("\r\n", at, StringComparison.Ordinal);
            int length = int.Parse(chunks.AsSpan(at, line - at), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Append(chunks, line + 2, length);
            at = line + 2 + length + 2;
        }

        return body.ToString();
    }
}

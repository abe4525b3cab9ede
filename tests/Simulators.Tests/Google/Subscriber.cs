using System.Collections.Concurrent;
using System.Net;

namespace CalendarActors.Simulators.Tests.Google;

/// <summary>Where notifications arrive, without a network.</summary>
internal sealed class Subscriber : HttpMessageHandler
{
    private readonly ConcurrentQueue<IReadOnlyDictionary<string, string>> _messages = new();

    /// <summary>Headers of the messages so far.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Messages => [.. _messages];

    /// <summary>What is answered.</summary>
    public HttpStatusCode Answer { get; set; } = HttpStatusCode.NoContent;

    /// <summary>Values of one header, in order.</summary>
    public string[] All(string header) => [.. Messages.Select(message => message.GetValueOrDefault(header, ""))];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _messages.Enqueue(request.Headers.ToDictionary(
            header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase));
        return Task.FromResult(new HttpResponseMessage(Answer));
    }
}

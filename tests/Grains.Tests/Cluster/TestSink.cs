using System.Collections.Concurrent;
using System.Text.Json;
using CalendarActors.Domain.Channels;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>The applications that are called: each channel's answers as a test says, and remembers what came.</summary>
public sealed class TestSink : ICallbackSender
{
    private readonly ConcurrentDictionary<string, Func<SunkCall, Task<CallbackAnswer>>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<SunkCall>> _calls = new(StringComparer.Ordinal);

    /// <summary>What came to a channel's callback, in order.</summary>
    public SunkCall[] Calls(string channelId) => [.. _calls.GetOrAdd(channelId, _ => new())];

    /// <summary>How a channel's callback answers from now on; without this it takes everything.</summary>
    public void Answer(string channelId, Func<SunkCall, Task<CallbackAnswer>> answer) => _answers[channelId] = answer;

    /// <summary>The same with one answer.</summary>
    public void Answer(string channelId, CallbackOutcome outcome, int status) =>
        Answer(channelId, _ => Task.FromResult(new CallbackAnswer(outcome, status)));

    public async Task<CallbackAnswer> SendAsync(CallbackRequest request, CancellationToken cancellationToken)
    {
        SunkCall call = new(request);
        _calls.GetOrAdd(call.ChannelId, _ => new()).Enqueue(call);
        return _answers.TryGetValue(call.ChannelId, out Func<SunkCall, Task<CallbackAnswer>>? answer)
            ? await answer(call).WaitAsync(cancellationToken)
            : new CallbackAnswer(CallbackOutcome.Accepted, 200);
    }
}

/// <summary>One call of a callback.</summary>
public sealed class SunkCall(CallbackRequest request)
{
    private readonly JsonElement _body = JsonSerializer.Deserialize<JsonElement>(request.Body.Span);

    public CallbackRequest Request => request;

    public string Body => System.Text.Encoding.UTF8.GetString(request.Body.Span);

    /// <summary>The address where it is about an event, and so of no channel.</summary>
    public string ChannelId => _body.TryGetProperty("channel", out JsonElement channel)
        ? channel.GetProperty("channel_id").GetString()!
        : request.Address;

    public string Type => _body.GetProperty("notification").GetProperty("type").GetString()!;

    public string? Since =>
        _body.GetProperty("notification").TryGetProperty("changes_since", out JsonElement since) ? since.GetString() : null;

    public string? Header(string name) => request.Headers.Where(h => h.Key == name).Select(h => h.Value).SingleOrDefault();
}

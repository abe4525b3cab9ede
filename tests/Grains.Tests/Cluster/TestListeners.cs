using System.Collections.Concurrent;
using CalendarActors.Grains.Persons;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>Takes the calls that wake channels of tests: there are no such grains.</summary>
public sealed class TestListeners : IOutgoingGrainCallFilter
{
    /// <summary>What ids of channels of tests begin with.</summary>
    public const string Prefix = "chn_test";

    private readonly ConcurrentDictionary<string, int> _wakes = new(StringComparer.Ordinal);

    /// <summary>How often a channel was woken.</summary>
    public int Wakes(string channelId) => _wakes.GetValueOrDefault(channelId);

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        string key = context.TargetId.Key.ToString()!;
        if (context.TargetId.Type.ToString() != ListenerCalls.GrainTypeName || !key.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return context.Invoke();
        }

        _wakes.AddOrUpdate(key, 1, (_, count) => count + 1);
        return Task.CompletedTask;
    }
}

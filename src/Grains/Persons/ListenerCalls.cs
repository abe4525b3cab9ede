using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Owed;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CalendarActors.Grains.Persons;

/// <summary>Wakes those who listen to a person and have something to read. Whoever does not read is woken again.</summary>
internal sealed partial class ListenerCalls(IGrainFactory grains, TimeProvider time, ILogger log, string personId)
{
    /// <summary>What a grain is that listens and is no calendar's triggers.</summary>
    public const string GrainTypeName = "channel";

    private const string TriggerTypeName = "trigger";

    private const int AtOnce = 64;

    private static readonly Duration Again = Duration.FromSeconds(30);

    private readonly Dictionary<string, (long Last, Instant At)> _woken = new(StringComparer.Ordinal);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Works until everybody who is behind was woken.</summary>
    /// <param name="behind">Who is behind now, and the last entry that there is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>When to wake again those who did not read; null when nobody is behind.</returns>
    public async Task<TimeSpan?> RunAsync(
        Func<(IReadOnlyList<string> ChannelIds, long Last)> behind, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (IReadOnlyList<string> channels, long last) = behind();
            Instant now = Now;
            string[] due = [.. channels.Where(c => !(_woken.GetValueOrDefault(c) is var w && w.Last >= last && w.At + Again > now))];
            if (due.Length == 0)
            {
                Forget(channels);
                return _woken.Count == 0 ? null : (_woken.Values.Min(w => w.At) + Again - now).ToTimeSpan();
            }

            foreach (string[] some in due.Chunk(AtOnce))
            {
                await Task.WhenAll(some.Select(c => WakeAsync(c, last, now, cancellationToken)));
            }
        }
    }

    private async Task WakeAsync(string channelId, long last, Instant now, CancellationToken cancellationToken)
    {
        _woken[channelId] = (last, now);
        try
        {
            string type = GrainKeys.IsTrigger(channelId) ? TriggerTypeName : GrainTypeName;
            await grains.GetGrain<IOwesWork>(GrainId.Create(type, channelId)).Wake(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogNotWoken(log, fault, personId, channelId);
        }
    }

    private void Forget(IReadOnlyList<string> behind)
    {
        HashSet<string> kept = new(behind, StringComparer.Ordinal);
        foreach (string read in _woken.Keys.Where(c => !kept.Contains(c)).ToArray())
        {
            _woken.Remove(read);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{PersonId}: {ChannelId} could not be woken and will be again.")]
    private static partial void LogNotWoken(ILogger log, Exception fault, string personId, string channelId);
}

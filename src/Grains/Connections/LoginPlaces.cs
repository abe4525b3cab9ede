using NodaTime;

namespace CalendarActors.Grains.Connections;

/// <summary>How many pieces of work of one login call its provider at once, on whichever silo they run.</summary>
/// <remarks>
/// Graph answers 429 to the fifth concurrent request of a mailbox (Microsoft Graph, "Throttling limits", read 2026-11).
/// Each calendar makes one call at a time; the connection lists its calendars beside them. On the grain's scheduler only.
/// </remarks>
internal sealed class LoginPlaces(Func<Instant> now)
{
    /// <summary>For calendars; the fourth place is the connection's own.</summary>
    public const int Most = 3;

    // Longer than the longest first pull: whoever has it still was lost with its silo.
    private static readonly Duration Life = Duration.FromMinutes(10);

    private readonly Dictionary<long, Instant> _taken = [];
    private readonly LinkedList<TaskCompletionSource<long>> _waiting = [];
    private long _last;

    /// <summary>Takes a place, in the order of asking.</summary>
    /// <param name="patience">How long to wait for one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What to give back; null when none came free.</returns>
    public async Task<long?> TakeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        FreeLost();
        if (_taken.Count < Most)
        {
            return Take();
        }

        LinkedListNode<TaskCompletionSource<long>> turn =
            _waiting.AddLast(new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        await Task.WhenAny(turn.Value.Task, Task.Delay(patience, TimeProvider.System, cancellationToken));
        if (turn.Value.Task.IsCompletedSuccessfully)
        {
            return await turn.Value.Task;
        }

        _waiting.Remove(turn);
        return null;
    }

    /// <summary>Gives a place back; one that is not taken (any more) is fine.</summary>
    public void Return(long place)
    {
        if (_taken.Remove(place))
        {
            FreeLost();
            while (_taken.Count < Most && _waiting.First is { } turn)
            {
                _waiting.RemoveFirst();
                turn.Value.SetResult(Take());
            }
        }
    }

    private long Take()
    {
        _taken[++_last] = now();
        return _last;
    }

    private void FreeLost()
    {
        foreach (long place in _taken.Where(t => t.Value + Life <= now()).Select(t => t.Key).ToArray())
        {
            _taken.Remove(place);
        }
    }
}

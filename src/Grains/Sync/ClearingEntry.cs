using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Sync;

/// <summary>Accepts the deletion of all that an application has in a calendar.</summary>
internal sealed class ClearingEntry(CalendarCopy copy, SyncParts parts)
{
    /// <summary>Stores it, or does it where our copy is the truth.</summary>
    /// <param name="clientId">The application.</param>
    /// <param name="hasRemote">False for a calendar that is kept here.</param>
    /// <param name="refusal">Why the calendar takes no write; null when it does.</param>
    /// <param name="cancellationToken">Ends it before the write.</param>
    /// <returns>Accepted also where nothing is to be deleted, whatever the calendar's state.</returns>
    public async Task<WriteAnswer> AcceptAsync(
        string clientId, bool hasRemote, WriteAnswer? refusal, CancellationToken cancellationToken)
    {
        if (!await HasAnyAsync(clientId, cancellationToken))
        {
            return WriteAnswer.Accepted;
        }

        if (refusal is { } reason)
        {
            return reason;
        }

        if (hasRemote)
        {
            await copy.Rows.ChangeOutboxAsync(o => o.With(new ClearingState(
                CalendarCopy.NextSequence(copy.Rows.Schedule, o), clientId, parts.Now, NotBefore: null, Attempts: 0)));
        }
        else
        {
            await copy.CommitAsync(
                s => ClearingRules.Native(s, clientId, parts.Now, copy.EventKeyOf), settled: [], clientId, cancellationToken);
        }

        return WriteAnswer.Accepted;
    }

    // Before the schedule: a write that the worker commits meanwhile is in at least one of the two.
    private async Task<bool> HasAnyAsync(string clientId, CancellationToken cancellationToken) =>
        copy.Rows.Outbox.Intents.Any(i => i.ClientId == clientId && i.Guard is null)
        || !ClearingRules.Targets(
            await copy.OpenAsync(cancellationToken), new Clearing(long.MaxValue, clientId, parts.Now)).IsEmpty;
}

using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Schedules;

namespace CalendarActors.Grains.Sync;

/// <summary>Tells a person's schedule when what this calendar told it is out of date. Tells nothing that nobody can have.</summary>
/// <remarks>
/// A new activation takes it that its schedule was told of all that is stored: what was only pulled, the schedule asks for
/// anew by itself. What was written and not answered for, it may not have been told; it is before the write is answered for
/// that comes again and changes nothing.
/// </remarks>
internal sealed class ScheduleNotice(CalendarCopy copy, SyncParts parts)
{
    private (object Schedule, object? Intents, object? Clearings) _told = Seen(copy);
    private bool _isKept = true;
    private bool _isInDoubt = true;
    private long _takings;

    /// <summary>True when the schedule keeps what is out of date.</summary>
    public bool IsOwed => _isKept && _told != Seen(copy) && copy.Connected is not null;

    /// <summary>How the time is taken, for the schedule to keep until it hears otherwise.</summary>
    public async Task<BusyTimes> TakeAsync(CancellationToken cancellationToken)
    {
        (_told, _isKept, _isInDoubt) = (Seen(copy), true, false);
        _takings++;
        CalendarSnapshot snapshot = copy.Snapshot;
        snapshot.Busy ??= BusyIndex.Of(snapshot.Window, await parts.Cache.OpenAsync(snapshot, cancellationToken));
        return BusyTimesReading.Of(
            snapshot.Busy,
            snapshot.Window,
            copy.Connected?.ZoneId,
            parts.Catalog.Find(copy.Connected?.ProviderName ?? "") is not { HasRemote: false },
            snapshot.Schedule.Generation > 0);
    }

    /// <summary>Before a write is answered for: returns once no later question is answered without it, whoever stored it.</summary>
    public Task TellOfWriteAsync(CancellationToken cancellationToken) =>
        _isInDoubt ? SendAsync(cancellationToken) : TellAsync(cancellationToken);

    /// <summary>Returns once no later question is answered with what is out of date.</summary>
    public Task TellAsync(CancellationToken cancellationToken) => IsOwed ? SendAsync(cancellationToken) : Task.CompletedTask;

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        if (copy.Connected is not { } connected)
        {
            return;
        }

        // Asked for meanwhile, it is kept again, and what changes after that is to be told.
        long takings = _takings;
        await parts.Grains.Schedule(connected.PersonId).Changed(copy.CalendarId, cancellationToken);
        (_isKept, _isInDoubt) = (_takings != takings, false);
    }

    // What readers see follows from these, and from the day, which the schedule knows itself.
    private static (object Schedule, object? Intents, object? Clearings) Seen(CalendarCopy copy) => (
        copy.Rows.Schedule,
        System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsArray(copy.Rows.Outbox.Intents),
        System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsArray(copy.Rows.Outbox.Clearings));
}

using CalendarActors.Domain.Providers;

namespace CalendarActors.Domain.Sync;

/// <summary>What is particular to a write of an event that is not the writer's own.</summary>
/// <remarks>
/// Such an event is changed where it is and never made: where it is gone, the write is without effect. It may be no
/// application's, and then it is named by its item; or another application's, and then it keeps that one's name, so that
/// the writes of both happen in one order.
/// </remarks>
public static class ExternalWriteRules
{
    /// <summary>
    /// How many applied writes a schedule remembers. Between a commit and its outbox there is never more than one of an
    /// activation; the rest allows for activations that ended there.
    /// </summary>
    public const int Remembered = 32;

    /// <summary>True when the schedule contains the write already.</summary>
    public static bool IsApplied(Schedule schedule, PendingWrite write) =>
        write.Key.IsItem
            ? schedule.Applied.Exists(a => a.ItemId == write.Key.EventId && a.Sequence >= write.Sequence)
            : schedule.Managed.GetValueOrDefault(write.Key)?.AppliedThrough >= write.Sequence;

    /// <summary>The item that the write is of, as committed; null when it is not there.</summary>
    public static KnownItem? ItemOf(Schedule schedule, ManagedKey key)
    {
        string? id = key.IsItem ? key.EventId : schedule.Managed.GetValueOrDefault(key)?.ItemId;
        return id is null ? null : schedule.Items.GetValueOrDefault(id);
    }

    /// <summary>The provider call that the write needs. See <see cref="WriteRules.Next"/>.</summary>
    /// <param name="schedule">What is committed.</param>
    /// <param name="write">The oldest pending write of its event.</param>
    /// <param name="eventKeyOf">The name at the provider of what an application made.</param>
    public static WriteStep Next(Schedule schedule, PendingWrite write, Func<ManagedKey, int, string> eventKeyOf)
    {
        if (IsApplied(schedule, write))
        {
            return WriteStep.Nothing;
        }

        KnownItem? item = ItemOf(schedule, write.Key);
        ManagedEvent? managed = schedule.Managed.GetValueOrDefault(write.Key);
        string? id = item?.Id ?? (write.Key.IsItem ? write.Key.EventId : null);

        // Of an item that seems gone the provider decides: a reader that lags may only not show it.
        if (id is null || item?.Object.IsRecurring == true)
        {
            return WriteStep.Nothing;
        }

        string key = managed?.EventKey ?? eventKeyOf(write.Key, 0);
        if (item is not null && write.ApplyTo(item.Object, key) is { } wanted && item.SaysTheSameAs(wanted))
        {
            return WriteStep.Nothing;
        }

        ProviderWrite? change = write.Change is null
            ? null
            : new ProviderWrite(key, id, item?.Version, write.Change) { MustExist = true };
        return new WriteStep(change, key, id, item?.Version)
        {
            Answer = write.Answer is null ? null : new ProviderAnswer(id, write.Answer),
        };
    }

    /// <summary>What a fault comes to: an event that is gone is no reason to try again.</summary>
    /// <remarks>
    /// A meeting that is declined leaves some calendars: then the answer was taken, and the event is deleted. Anything else
    /// that is not there cannot be changed, which ends the write and says nothing about the calendar.
    /// </remarks>
    public static ProviderFault? Settled(PendingWrite write, ProviderFault? fault) => (write, fault) switch
    {
        ({ IsExternal: true, Answer.Status: Events.ParticipationStatus.Declined }, { Kind: ProviderFaultKind.NotFound }) => null,
        ({ IsExternal: true }, { Kind: ProviderFaultKind.NotFound }) => fault with { Kind = ProviderFaultKind.Rejected },
        _ => fault,
    };

    /// <summary>The schedule that knows of a write that it contains.</summary>
    internal static Schedule Remembering(Schedule after, PendingWrite write) => write.Key.IsItem
        ? after with
        {
            Applied =
            [
                new AppliedWrite(write.Key.EventId, write.Sequence),
                .. after.Applied.Where(a => a.ItemId != write.Key.EventId).Take(Remembered - 1),
            ],
        }
        : after;
}

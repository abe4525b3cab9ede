using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;

namespace CalendarActors.Grains.Sync;

/// <summary>What is inside <see cref="CalendarScheduleState.Content"/>.</summary>
/// <param name="Columns">Items by id, see <see cref="ItemColumns"/>.</param>
/// <param name="Contents">What items say besides their texts, each once.</param>
/// <param name="Objects">Items that are too rich for columns.</param>
/// <param name="Managed">By key.</param>
/// <param name="Ghosts">Newest first.</param>
/// <param name="Moves">Newest first; default in rows from before there were any.</param>
/// <param name="Applied">Newest first; default when there are none.</param>
[GenerateSerializer, Immutable, Alias("packed-schedule")]
internal sealed record PackedSchedule(
    [property: Id(0)] byte[] Columns,
    [property: Id(1)] ImmutableArray<EventContent> Contents,
    [property: Id(2)] ImmutableArray<CalendarObject> Objects,
    [property: Id(3)] ImmutableArray<PackedManaged> Managed,
    [property: Id(4)] ImmutableArray<PackedGhost> Ghosts,
    [property: Id(5)] ImmutableArray<PackedMove> Moves,
    [property: Id(6)] ImmutableArray<PackedApplied> Applied)
{
    /// <summary>Packs; in a fixed order, so that equal schedules have equal bytes.</summary>
    public static PackedSchedule Of(Schedule schedule) => new(
        ItemColumns.Write(
            [.. schedule.Items.Values.OrderBy(i => i.Id, StringComparer.Ordinal)],
            out ImmutableArray<EventContent> contents,
            out ImmutableArray<CalendarObject> objects),
        contents,
        objects,
        [.. schedule.Managed.Values
            .OrderBy(m => m.Key.ClientId, StringComparer.Ordinal).ThenBy(m => m.Key.EventId, StringComparer.Ordinal)
            .Select(m => new PackedManaged(
                m.Key.ClientId, m.Key.EventId, m.Incarnation, m.EventKey, m.ItemId, m.AppliedThrough, m.Changed))],
        [.. schedule.Ghosts.Select(g => new PackedGhost(
            g.ItemId, g.Was, g.Owner?.ClientId, g.Owner?.EventId, g.Identity, g.Created, g.Gone))],
        [.. schedule.Moves.Select(m => new PackedMove(m.Identity, m.RecurrenceId, m.Start, m.End, m.Moved))],
        schedule.Applied.IsEmpty ? default : [.. schedule.Applied.Select(a => new PackedApplied(a.ItemId, a.Sequence))]);

    /// <summary>Unpacks over a schedule that has everything else.</summary>
    public Schedule Into(Schedule schedule) => schedule with
    {
        Items = ItemColumns.Read(Columns, Contents, Objects).ToImmutableDictionary(i => i.Id, StringComparer.Ordinal),
        Managed = Managed.ToImmutableDictionary(
            m => new ManagedKey(m.ClientId, m.EventId),
            m => new ManagedEvent(
                new ManagedKey(m.ClientId, m.EventId), m.Incarnation, m.EventKey, m.ItemId, m.AppliedThrough, m.Changed)),
        Ghosts = [.. Ghosts.Select(g => new Ghost(
            g.ItemId,
            g.Was,
            g.ClientId is null ? null : new ManagedKey(g.ClientId, g.EventId!),
            g.Identity,
            g.Created,
            g.Gone))],
        Moves = Moves.IsDefaultOrEmpty
            ? []
            : [.. Moves.Select(m => new Move(m.Identity, m.RecurrenceId, m.Start, m.End, m.Moved))],
        Applied = Applied.IsDefaultOrEmpty ? [] : [.. Applied.Select(a => new AppliedWrite(a.ItemId, a.Sequence))],
    };
}

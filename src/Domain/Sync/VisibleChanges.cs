using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;

namespace CalendarActors.Domain.Sync;

/// <summary>What somebody who reads changes finds in a commit: what is announced is that, and nothing else.</summary>
public static class VisibleChanges
{
    /// <summary>Whose events look different after a commit than before it.</summary>
    /// <remarks>
    /// External events outside the window are shown to nobody, so a change there is none. When the window rolls over one, it
    /// is there without having changed.
    /// </remarks>
    /// <param name="before">The schedule that the commit replaces.</param>
    /// <param name="after">The one that was made from it.</param>
    /// <param name="window">What readers see.</param>
    /// <returns>
    /// Client ids of applications whose managed events do, null for external ones, each once and ordered; empty when all looks
    /// as before.
    /// </returns>
    public static ImmutableArray<string?> OwnersOf(Schedule before, Schedule after, ExpandedWindow window)
    {
        HashSet<string> owners = new(StringComparer.Ordinal);
        bool isExternal = false;
        ExpansionAllowance allowance = new();
        Dictionary<string, string> clients = new(StringComparer.Ordinal);
        foreach (ManagedEvent managed in before.Managed.Values.Concat(after.Managed.Values))
        {
            if (managed.ItemId is { } id)
            {
                clients[id] = managed.Key.ClientId;
            }
        }

        foreach (KnownItem item in after.Items.Values)
        {
            KnownItem? known = before.Items.GetValueOrDefault(item.Id);
            if (ReferenceEquals(known, item)
                || (known is not null && known.Updated == item.Updated && known.SaysTheSameAs(item.Object)))
            {
                continue;
            }

            Note(clients.GetValueOrDefault(item.Id), item.Object, known?.Object);
        }

        Ghost? newest = before.Ghosts.IsEmpty ? null : before.Ghosts[0];
        foreach (Ghost ghost in after.Ghosts.TakeWhile(g => !ReferenceEquals(g, newest)))
        {
            Note(ghost.Owner?.ClientId, ghost.Was, null);
        }

        return [.. isExternal ? [null] : Array.Empty<string?>(), .. owners.Order(StringComparer.Ordinal)];

        void Note(string? client, CalendarObject one, CalendarObject? other)
        {
            if (client is not null)
            {
                owners.Add(client);
            }
            else
            {
                isExternal = isExternal || IsSeen(one) || (other is not null && IsSeen(other));
            }
        }

        bool IsSeen(CalendarObject item) => Happenings.Of(item, window.Padded, after.Zone, allowance)
            is not { Occurrences.IsEmpty: true, IsTruncated: false };
    }
}

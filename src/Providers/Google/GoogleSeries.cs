using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.ICalendar;

namespace CalendarActors.Providers.Google;

/// <summary>Makes one item of the rows of an event: the master, and the exceptions of a series.</summary>
internal static class GoogleSeries
{
    private const string EventName = "VEVENT";

    /// <summary>Builds an item.</summary>
    /// <param name="itemId">The master's id.</param>
    /// <param name="rows">Each event once.</param>
    /// <returns>
    /// The item; none and <c>IsGone</c> when there is nothing (any more); none when it is there and cannot be read.
    /// </returns>
    public static (ProviderItem? Item, bool IsGone) Build(string itemId, IEnumerable<GoogleRow> rows)
    {
        GoogleRow[] all = [.. rows.OrderBy(r => r.Id, StringComparer.Ordinal)];
        GoogleRow? master = Array.Find(all, r => r.Id == itemId && r.SeriesId is null);
        GoogleRow[] exceptions = master is { Recurrence.IsEmpty: true } ? [] : [.. all.Where(r => r.SeriesId == itemId)];
        if (master is null ? Array.TrueForAll(exceptions, r => r.IsCancelled) : master.IsCancelled)
        {
            return (null, true);
        }

        // An exception that cannot be read may be a meeting at another time: the whole is what we last knew.
        if (master is { Definition: null } || exceptions.Any(e => e.Original is null || (!e.IsCancelled && e.Definition is null)))
        {
            return (null, false);
        }

        try
        {
            return (new ProviderItem(itemId, VersionOf(master, exceptions), ObjectOf(master, exceptions)), false);
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            // Times at the very end of the calendar.
            return (null, false);
        }
    }

    /// <summary>What the rows say. Without a master only exceptions are known: somebody invited us to single occurrences.</summary>
    public static CalendarObject ObjectOf(GoogleRow? master, IReadOnlyList<GoogleRow> exceptions)
    {
        GoogleRow first = master ?? exceptions[0];
        CalendarTime? start = master?.Definition?.Start;
        var lines = new CalendarComponent(EventName);
        lines.Lines.AddRange((master?.Recurrence ?? []).Select(ContentLine.Parse));
        return new CalendarObject
        {
            Uid = first.Uid ?? exceptions.FirstOrDefault(e => e.Uid is not null)?.Uid ?? first.ItemId,
            Master = master?.Definition,
            Rules = start is { } s ? CalendarObjectReader.ReadRules(lines, s, ZoneLookup.None) : [],
            Added = CalendarObjectReader.ReadAdded(lines, ZoneLookup.None),
            Excluded =
            [
                .. CalendarObjectReader.Times(lines, "EXDATE", ZoneLookup.None),
                .. exceptions.Where(e => e.IsCancelled).Select(e => As(e.Original!.Value, start)),
            ],
            Overrides =
            [
                .. exceptions.Where(e => !e.IsCancelled)
                    .Select(e => new EventOverride(As(e.Original!.Value, start), ThisAndFuture: false, e.Definition!)),
            ],
            Created = first.Created,
            LastModified = exceptions.Append(first).Max(r => r.Updated),
        };
    }

    // An exception has an etag of its own, and its master's does not move with it.
    private static string? VersionOf(GoogleRow? master, GoogleRow[] exceptions)
    {
        if (exceptions.Length == 0)
        {
            return master?.Etag;
        }

        string all = string.Join('\n', exceptions.Select(e => $"{e.Id} {e.Etag} {(e.IsCancelled ? "-" : "+")}"));
        return $"{master?.Etag}+{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 8))}";
    }

    // A series that became one of whole days, or of times, keeps the names of its old exceptions.
    private static CalendarTime As(CalendarTime original, CalendarTime? start) => start switch
    {
        { IsDate: true } => CalendarTime.OnDate(original.Local.Date),
        { IsDate: false } s when original.IsDate => s.WithLocal(original.Local.Date + s.Local.TimeOfDay),
        _ => original,
    };
}

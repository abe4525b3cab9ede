using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>What lies too far away for the slots of a <see cref="BusyIndex"/>: a question about other times passes it over.</summary>
internal sealed class FarEntries
{
    // Days and floating times start and end up to 26 hours earlier or later, depending on who asks.
    private static readonly Duration Margin = Duration.FromHours(30);

    private readonly Listed[] _byStart;
    private readonly Instant[] _starts;

    // When the last of an entry and all before it ends.
    private readonly Instant[] _lastEnds;

    public FarEntries(IEnumerable<Listed> entries)
    {
        _byStart = [.. entries.OrderBy(e => e.Entry.StartsAt)];
        _starts = [.. _byStart.Select(e => e.Entry.StartsAt)];
        _lastEnds = new Instant[_byStart.Length];
        Instant last = Instant.MinValue;
        for (int i = 0; i < _byStart.Length; i++)
        {
            _lastEnds[i] = last = Instant.Max(last, _byStart[i].Entry.EndsAt);
        }
    }

    public int Count => _byStart.Length;

    /// <summary>What may start before <paramref name="to"/> and end at or after <paramref name="from"/>, in whatever zone.</summary>
    /// <param name="from">Null for no limit.</param>
    /// <param name="to">Null for no limit.</param>
    public IEnumerable<Listed> Between(Instant? from, Instant? to)
    {
        for (int i = Before(to) - 1; i >= 0 && (from is not { } f || _lastEnds[i] >= f - Margin); i--)
        {
            yield return _byStart[i];
        }
    }

    private int Before(Instant? to)
    {
        if (to is not { } t)
        {
            return _byStart.Length;
        }

        int found = Array.BinarySearch(_starts, t + Margin);
        return found < 0 ? ~found : found;
    }
}

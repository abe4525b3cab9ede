using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>The overrides of a series, by the occurrence that each replaces.</summary>
/// <remarks>
/// Of two for the same occurrence the one written last counts, and one for it alone counts before one for it and all
/// later ones.
/// </remarks>
internal sealed class Overrides
{
    private readonly Dictionary<Instant, EventOverride> _byKey = [];
    private readonly List<SeriesStretch> _stretches = [];

    internal Overrides(
        ImmutableArray<EventOverride> overrides, EventTimes master, SeriesNaming naming, WallClocks clocks)
    {
        _stretches.Add(new SeriesStretch(Instant.MinValue, 0, master));
        Dictionary<Instant, SeriesStretch>? later = null;
        foreach (EventOverride @override in overrides)
        {
            CalendarTime name = naming.AsMaster(@override.RecurrenceId);
            Instant key = naming.KeyOf(name);
            if (@override.ThisAndFuture)
            {
                later ??= [];
                later[key] = StretchFrom(@override, name, key, clocks);
            }

            if (!@override.ThisAndFuture || !_byKey.TryGetValue(key, out EventOverride? other) || other.ThisAndFuture)
            {
                _byKey[key] = @override with { RecurrenceId = name };
            }
        }

        if (later is not null)
        {
            _stretches.AddRange(later.Values.OrderBy(s => s.From));
        }
    }

    /// <summary>What is shown in place of occurrences; cancelled ones included.</summary>
    internal IReadOnlyCollection<KeyValuePair<Instant, EventOverride>> Replacements => _byKey;

    /// <summary>The stretches by <see cref="SeriesStretch.From"/>; the first is the master's.</summary>
    internal IReadOnlyList<SeriesStretch> Stretches => _stretches;

    internal bool Replaces(Instant key) => _byKey.Count > 0 && _byKey.ContainsKey(key);

    internal SeriesStretch StretchOf(Instant key)
    {
        int low = 0;
        int high = _stretches.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _stretches[middle].From <= key ? (middle, high) : (low, middle - 1);
        }

        return _stretches[low];
    }

    private static SeriesStretch StretchFrom(
        EventOverride @override, CalendarTime name, Instant key, WallClocks clocks)
    {
        EventDefinition definition = @override.Definition;
        bool isCancelled = definition.Content.Status == EventStatus.Cancelled;
        long shift = WallSeconds.Of(definition.Start.Local) - WallSeconds.Of(name.Local);
        return new SeriesStretch(key, shift, isCancelled ? null : new EventTimes(definition, clocks));
    }
}

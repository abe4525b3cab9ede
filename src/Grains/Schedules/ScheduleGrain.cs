using CalendarActors.Domain.Availability;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Schedules;

namespace CalendarActors.Grains.Schedules;

/// <summary>One person's busy times, as their calendars told them.</summary>
/// <remarks>
/// A calendar says that it changed before it answers for a write, and before it tells anybody of what it pulled; what it
/// told is then asked for anew by the next question. Should a silo be lost in between, what is kept is asked for anew
/// after <see cref="Lease"/> anyway. Interleaving: everything; a question that waits for a calendar holds up no other.
/// </remarks>
[GrainType("schedule")]
internal sealed class ScheduleGrain(TimeProvider time) : Grain, IScheduleGrain
{
    /// <summary>How long what a calendar told is good without a word of it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, KeptCalendar> _kept = new(StringComparer.Ordinal);

    public async Task<PersonBusy> Busy(BusyQuery query, CancellationToken cancellationToken)
    {
        Stretch asked = new(query.From, query.To);
        List<TimeSet> busy = [];
        List<long> starts = [];
        foreach (Task<KeptTimes> telling in query.CalendarIds.Select(TimesOf).ToArray())
        {
            KeptTimes times = await telling;
            foreach (KeptKind kind in times.Kinds)
            {
                if (query.Free.IsDefaultOrEmpty || !query.Free.Contains(kind.Transparency))
                {
                    busy.Add(kind.Times.Overlapping(asked));
                }
            }

            if (query.OwnerOf is { } client)
            {
                starts.AddRange(times.StartsOf(client));
            }
        }

        return new PersonBusy(TimeSet.Union(busy).Edges, [.. starts]);
    }

    public Task Changed(string calendarId, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(calendarId, out KeptCalendar? kept))
        {
            kept.Forget();
        }

        return Task.CompletedTask;
    }

    private Task<KeptTimes> TimesOf(string calendarId)
    {
        if (!_kept.TryGetValue(calendarId, out KeptCalendar? kept))
        {
            _kept[calendarId] = kept = new KeptCalendar(time, () => GrainFactory.Calendar(calendarId).Taken(CancellationToken.None));
        }

        return kept.TimesAsync(Lease);
    }
}

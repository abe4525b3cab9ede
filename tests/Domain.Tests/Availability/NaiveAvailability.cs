using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using NodaTime;

namespace CalendarActors.Domain.Tests.Availability;

/// <summary>
/// The oracle: goes through the time minute by minute and asks of each whether everybody can be there. It shares nothing
/// with the search: no sets, no masks, no arithmetic of local times.
/// </summary>
internal sealed class NaiveAvailability(RandomMeeting meeting)
{
    private readonly Dictionary<(string Zone, LocalDateTime Wall), long> _shown = [];
    private readonly Dictionary<(int Member, long Minute), bool> _met = [];

    internal List<AvailableTime> Find() => meeting.Format is AvailabilityFormat.Periods ? Periods() : Slots();

    /// <summary>Who can be there for the whole meeting; null when that is not enough.</summary>
    internal ImmutableArray<int>? At(long start)
    {
        if (start < meeting.Now || (meeting.Slots.IsEmpty && !Moments(start).All(IsAskedAbout)))
        {
            return null;
        }

        bool[] canCome = [.. Enumerable.Range(0, meeting.Members.Length).Select(m => CanCome(m, start))];
        return meeting.Groups.All(g => g.Members.Count(m => canCome[m]) >= g.Required)
            ? [.. meeting.Groups.SelectMany(g => g.Members).Where(m => canCome[m]).Distinct()]
            : null;
    }

    private List<AvailableTime> Slots()
    {
        List<AvailableTime> found = [];
        foreach (long start in Starts())
        {
            bool isInTheWay = meeting.Format is AvailabilityFormat.Slots && found.Count > 0 && found[^1].End > start;
            if (!isInTheWay && At(start) is { } members)
            {
                found.Add(new AvailableTime(start, start + meeting.Duration, members));
            }
        }

        return [.. found.Take(meeting.MaxResults)];
    }

    private IEnumerable<long> Starts() => meeting.Slots.IsEmpty
        ? Minutes().Where(minute => minute % meeting.Step!.Value == 0)
        : meeting.Slots.Distinct().Order();

    private List<AvailableTime> Periods()
    {
        List<AvailableTime> found = [];
        AvailableTime? current = null;
        foreach (long minute in Minutes())
        {
            ImmutableArray<int>? members = At(minute);
            if (current is not null && members is { } same && same.SequenceEqual(current.Members))
            {
                current = current with { End = minute + meeting.Duration };
                continue;
            }

            Keep(current);
            current = members is { } some ? new AvailableTime(minute, minute + meeting.Duration, some) : null;
        }

        Keep(current);
        return [.. found.Take(meeting.MaxResults)];

        void Keep(AvailableTime? period)
        {
            for (long start = period?.Start ?? 0; period is not null && start + meeting.Duration <= period.End; start += 60)
            {
                if (start % (meeting.Step ?? 60) == 0)
                {
                    found.Add(period with { Start = start });
                    return;
                }
            }
        }
    }

    private IEnumerable<long> Minutes()
    {
        for (long minute = meeting.Periods.Min(p => p.Start) / 60 * 60; minute < meeting.Periods.Max(p => p.End); minute += 60)
        {
            yield return minute;
        }
    }

    /// <summary>All that keeps a member from a start, in words.</summary>
    internal IEnumerable<string> Reasons(int number, long start)
    {
        RandomMember member = meeting.Members[number];
        if (!member.Open.IsEmpty && !Moments(start).All(moment => IsOpen(member, moment)))
        {
            yield return $"{ObstacleKind.OutsidePeriods}";
        }

        if (!member.Weekly.IsEmpty && !Moments(start).All(moment => IsWithinHours(member, moment)))
        {
            yield return $"{ObstacleKind.OutsideManaged}";
        }

        if (Engaged(member, start) is { } engaged)
        {
            (long from, long to) = engaged is ObstacleKind.Busy ? (start, start + meeting.Duration) : Buffered(start);
            IEnumerable<int> events = engaged is not (ObstacleKind.Busy or ObstacleKind.Buffer)
                ? []
                : Enumerable.Range(0, member.Busy.Length).Where(i => Touches([member.Busy[i]], from, to));
            yield return $"{engaged} {string.Join(' ', events)}".TrimEnd();
        }

        if (IsFull(member, start))
        {
            yield return $"{ObstacleKind.Full}";
        }
    }

    /// <summary>What is known counts first, then what is held.</summary>
    private ObstacleKind? Engaged(RandomMember member, long start)
    {
        (long from, long to) = Buffered(start);
        return Touches(member.Busy, start, start + meeting.Duration) ? ObstacleKind.Busy
            : Touches(member.Busy, from, to) ? ObstacleKind.Buffer
            : Touches(member.Held, from, to) ? ObstacleKind.Held
            : Touches(member.Unknown, from, to) ? ObstacleKind.Unknown
            : null;
    }

    private (long From, long To) Buffered(long start) => (start - meeting.Before, start + meeting.Duration + meeting.After);

    private static bool Touches(ImmutableArray<Stretch> blocks, long from, long to) =>
        blocks.Any(b => b.Start < b.End && b.Start < to && b.End > from);

    private static bool IsOpen(RandomMember member, long moment) => member.Open.Any(o => o.Start <= moment && moment < o.End);

    /// <summary>A moment of each minute of the meeting, and its last one.</summary>
    private IEnumerable<long> Moments(long start)
    {
        for (long moment = start; moment < start + meeting.Duration; moment += 60)
        {
            yield return moment;
        }

        yield return start + meeting.Duration - 1;
    }

    private bool IsAskedAbout(long moment) => meeting.Periods.Any(p => p.Start <= moment && moment < p.End);

    private bool CanCome(int number, long start) =>
        Engaged(meeting.Members[number], start) is null
        && !IsFull(meeting.Members[number], start)
        && Moments(start).All(moment => CanBeMet(number, moment));

    private bool CanBeMet(int number, long moment)
    {
        if (_met.TryGetValue((number, moment), out bool known))
        {
            return known;
        }

        RandomMember member = meeting.Members[number];
        return _met[(number, moment)] = (member.Open.IsEmpty || IsOpen(member, moment))
            && (member.Weekly.IsEmpty || IsWithinHours(member, moment));
    }

    private bool IsWithinHours(RandomMember member, long moment)
    {
        LocalDate today = Wall(moment, member.Zone).Date;
        return new[] { today.PlusDays(-1), today, today.PlusDays(1) }.Any(day => member.Weekly.Any(w => w.Day == day.DayOfWeek
            && FirstShowing(day.AtMidnight().PlusMinutes(w.StartMinute), member.Zone) <= moment
            && moment < FirstShowing(day.AtMidnight().PlusMinutes(w.EndMinute), member.Zone)));
    }

    /// <summary>Looks at the clock on the wall every minute until it shows that or more.</summary>
    private long FirstShowing(LocalDateTime wall, string zone)
    {
        if (!_shown.TryGetValue((zone, wall), out long moment))
        {
            for (moment = wall.InUtc().ToInstant().ToUnixTimeSeconds() - (15 * 3600); Wall(moment, zone) < wall;)
            {
                moment += 60;
            }

            _shown[(zone, wall)] = moment;
        }

        return moment;
    }

    private static bool IsFull(RandomMember member, long start)
    {
        if (member.Constraint is not { } limit)
        {
            return false;
        }

        return member.Own.Count(own => Period(own) == Period(start)) >= limit.Limit;

        LocalDate Period(long second)
        {
            LocalDate day = Wall(second, limit.ZoneId).Date;
            while (limit.IsWeekly && day.DayOfWeek != IsoDayOfWeek.Monday)
            {
                day = day.PlusDays(-1);
            }

            return day;
        }
    }

    private static LocalDateTime Wall(long moment, string zone) =>
        Instant.FromUnixTimeSeconds(moment).InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime;
}

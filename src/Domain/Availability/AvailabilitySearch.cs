using System.Collections.Immutable;

namespace CalendarActors.Domain.Availability;

/// <summary>Finds the times at which people can meet.</summary>
/// <remarks>
/// 1. For each member a mask says at which candidate starts they are free for the whole meeting: a few ranges of bits for
/// each stretch of their time. 2. The masks of a group become one, and the groups' become one. 3. What is left is given in
/// the format asked for. Cost: members × (stretches × log of the runs of starts + starts / 64), and the answer.
/// A buffer keeps the meeting away from what is busy. It does not shrink the time that is asked for or open, and what lies
/// there is not kept free afterwards (docs.cronofy.com, "Buffers").
/// </remarks>
public static class AvailabilitySearch
{
    /// <summary>The times, in the order of their starts.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="members">When each can be met: groups name them by their place in it.</param>
    public static ImmutableArray<AvailableTime> Find(AvailabilityQuery query, ImmutableArray<MemberTime> members)
    {
        ArgumentNullException.ThrowIfNull(query);

        (StartMask possible, Attendance attendance) = Masks(query, members);

        // 3
        return query.Format switch
        {
            AvailabilityFormat.Periods => Periods(query, possible, attendance),
            AvailabilityFormat.Slots => Slots(query, possible, attendance, canOverlap: false),
            _ => Slots(query, possible, attendance, canOverlap: true),
        };
    }

    /// <summary>The starts that are possible, and who could come at each.</summary>
    internal static (StartMask Possible, Attendance Attendance) Masks(AvailabilityQuery query, ImmutableArray<MemberTime> members)
    {
        // 1
        StartMask[] free = [.. members.Select(m => FreeStarts(query, m))];

        // 2
        StartMask possible = StartMask.All(query.Starts.Count);
        foreach (MemberGroup group in query.Groups)
        {
            possible.And(EnoughOf(group, free, query.Starts.Count));
        }

        return (possible, new Attendance(query.Groups, free));
    }

    /// <summary>The starts at which a member is free for the whole meeting and its buffers.</summary>
    private static StartMask FreeStarts(AvailabilityQuery query, MemberTime member)
    {
        CandidateStarts starts = query.Starts;
        StartMask free = member.Open is null ? StartMask.All(starts.Count) : StartMask.None(starts.Count);
        if (starts.Count == 0)
        {
            return free;
        }

        (long first, long last) = (starts[0], starts[starts.Count - 1]);
        foreach (Stretch open in member.Open?.Stretches() ?? [])
        {
            Fill(open.Start, open.End - query.Duration, isIn: true);
        }

        // From the first block that ends late enough to matter until one begins too late to.
        for (int i = member.Busy.FirstEndingAfter(first - query.BufferBefore); i < member.Busy.Count; i++)
        {
            Stretch busy = member.Busy[i];
            if (busy.Start >= last + query.Duration + query.BufferAfter)
            {
                break;
            }

            Fill(busy.Start - query.Duration - query.BufferAfter + 1, busy.End + query.BufferBefore - 1, isIn: false);
        }

        foreach (Stretch full in member.Full.Stretches())
        {
            Fill(full.Start, full.End - 1, isIn: false);
        }

        return free;

        void Fill(long from, long through, bool isIn)
        {
            if (through >= first && from <= last)
            {
                free.Fill(starts.FirstAtOrAfter(from), starts.FirstAtOrAfter(through + 1), isIn);
            }
        }
    }

    /// <summary>The starts at which enough of a group are free.</summary>
    private static StartMask EnoughOf(MemberGroup group, StartMask[] free, int count)
    {
        if (group.Required == group.Members.Length)
        {
            StartMask all = StartMask.All(count);
            foreach (int member in group.Members)
            {
                all.And(free[member]);
            }

            return all;
        }

        // enough[k]: at least k of the members looked at so far.
        StartMask[] enough = [StartMask.All(count), .. Enumerable.Range(0, group.Required).Select(_ => StartMask.None(count))];
        foreach (int member in group.Members)
        {
            for (int k = group.Required; k > 0; k--)
            {
                enough[k].OrBoth(enough[k - 1], free[member]);
            }
        }

        return enough[group.Required];
    }

    private static ImmutableArray<AvailableTime> Slots(
        AvailabilityQuery query, StartMask possible, Attendance attendance, bool canOverlap)
    {
        var found = ImmutableArray.CreateBuilder<AvailableTime>();
        for (int i = possible.Next(0); i >= 0 && found.Count < query.MaxResults;)
        {
            long start = query.Starts[i];
            long end = start + query.Duration;
            found.Add(new AvailableTime(start, end, attendance.At(i)));
            i = possible.Next(canOverlap ? i + 1 : query.Starts.FirstAtOrAfter(end));
        }

        return found.DrainToImmutable();
    }

    /// <summary>Runs of starts at which the same members are free are one period each, from the first to the last one's end.</summary>
    private static ImmutableArray<AvailableTime> Periods(AvailabilityQuery query, StartMask possible, Attendance attendance)
    {
        var found = ImmutableArray.CreateBuilder<AvailableTime>();
        for (int i = possible.Next(0); i >= 0 && found.Count < query.MaxResults;)
        {
            ImmutableArray<int> members = attendance.At(i);
            (long first, long last) = (query.Starts[i], query.Starts[i]);
            for (i = possible.Next(i + 1);
                i >= 0 && query.Starts[i] == last + AvailabilityQuery.PeriodStep && attendance.At(i) == members;
                i = possible.Next(i + 1))
            {
                last = query.Starts[i];
            }

            first = CandidateStarts.CeilingOf(first, query.PeriodsBeginEvery);
            if (first <= last)
            {
                found.Add(new AvailableTime(first, last + query.Duration, members));
            }
        }

        return found.DrainToImmutable();
    }
}

using System.Collections.Immutable;

namespace CalendarActors.Domain.Availability;

/// <summary>Who could come at a start. Starts that follow each other often have the same: then it is the same array.</summary>
internal sealed class Attendance(ImmutableArray<MemberGroup> groups, StartMask[] free)
{
    private readonly int[] _everybody = [.. groups.SelectMany(g => g.Members).Distinct()];
    private readonly List<int> _here = [];
    private ImmutableArray<int> _last = [];

    /// <summary>Numbers, in the order of the groups. The arrays of two calls one after the other are equal where their content is.</summary>
    public ImmutableArray<int> At(int start)
    {
        _here.Clear();
        foreach (int member in _everybody)
        {
            if (free[member][start])
            {
                _here.Add(member);
            }
        }

        if (!_last.AsSpan().SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_here)))
        {
            _last = [.. _here];
        }

        return _last;
    }
}

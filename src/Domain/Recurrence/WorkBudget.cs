namespace CalendarActors.Domain.Recurrence;

/// <summary>The steps that one expansion has left, shared by all its rules.</summary>
internal sealed class WorkBudget(int steps)
{
    private int _left = steps;

    /// <summary>True once something was left out.</summary>
    internal bool IsExceeded { get; private set; }

    /// <summary>Takes steps; false, from then on always, when there are not enough.</summary>
    internal bool TryTake(int steps)
    {
        IsExceeded |= _left < steps;
        _left -= IsExceeded ? 0 : steps;
        return !IsExceeded;
    }
}

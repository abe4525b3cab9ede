namespace CalendarActors.Domain.Recurrence;

/// <summary>The steps that one expansion has left, shared by all its rules.</summary>
internal sealed class WorkBudget(int steps)
{
    /// <summary>How many were taken.</summary>
    internal int Taken { get; private set; }

    /// <summary>True once something was left out.</summary>
    internal bool IsExceeded { get; private set; }

    /// <summary>Takes steps; false, from then on always, when there are not enough.</summary>
    internal bool TryTake(int count)
    {
        IsExceeded |= steps - Taken < count;
        Taken += IsExceeded ? 0 : count;
        return !IsExceeded;
    }
}

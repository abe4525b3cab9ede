namespace CalendarActors.Domain.Events;

/// <summary>What a <see cref="Transparency"/> means for the time.</summary>
public static class Transparencies
{
    /// <summary>True unless the person is free.</summary>
    public static bool TakesTime(this Transparency transparency) =>
        transparency is not (Transparency.Transparent or Transparency.WorkingElsewhere);
}

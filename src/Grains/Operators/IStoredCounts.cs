using NodaTime;

namespace CalendarActors.Grains.Operators;

/// <summary>Counts what is stored, for operators. A port: the silo answers it from its database.</summary>
public interface IStoredCounts
{
    /// <summary>Counts everything.</summary>
    /// <param name="late">How long work that is owed rests at most while silos sweep.</param>
    /// <param name="soon">How far ahead reminders count as due.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<StoredCounts> CountAsync(Duration late, Duration soon, CancellationToken cancellationToken);
}

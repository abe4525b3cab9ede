namespace CalendarActors.Grains.Owed;

/// <summary>Finds grains that owe work, in storage. A port: the silo answers it from the table of grain state.</summary>
public interface IOwedWork
{
    /// <summary>
    /// Takes rows that were neither written nor taken for a time, oldest first, so that silos share the work and a row that
    /// stays owed does not hide the others.
    /// </summary>
    /// <param name="stateName">The name of a state that exists only while work is owed: it ends in <c>.outbox</c>.</param>
    /// <param name="olderThan">How long the row has rested, by the database's clock. Zero or more.</param>
    /// <param name="limit">The most rows to take, 1 or more.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Rows that no other silo takes before they rested again; empty when there are none.</returns>
    Task<IReadOnlyList<OwedRow>> TakeAsync(
        string stateName, TimeSpan olderThan, int limit, CancellationToken cancellationToken);
}

namespace CalendarActors.Grains;

/// <summary>Writing state so that a failed write is never mistaken for what is stored.</summary>
internal static class StateCommit
{
    /// <summary>Stores a new state.</summary>
    /// <typeparam name="T">The state's type.</typeparam>
    /// <param name="state">The storage.</param>
    /// <param name="next">What to store.</param>
    /// <param name="deactivate">
    /// The grain's own <c>DeactivateOnIdle</c>: after a failure nobody knows what is stored, and the next activation reads it.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task CommitAsync<T>(
        this IPersistentState<T> state, T next, Action deactivate, CancellationToken cancellationToken)
    {
        T previous = state.State;
        try
        {
            state.State = next;
            await state.WriteStateAsync(cancellationToken);
        }
        catch
        {
            state.State = previous;
            deactivate();
            throw;
        }
    }

    /// <summary>Deletes the row.</summary>
    /// <typeparam name="T">The state's type.</typeparam>
    /// <param name="state">The storage.</param>
    /// <param name="deactivate">As in <see cref="CommitAsync"/>.</param>
    public static async Task ClearOrEndAsync<T>(this IPersistentState<T> state, Action deactivate)
    {
        if (!state.RecordExists)
        {
            return;
        }

        try
        {
            await state.ClearStateAsync();
        }
        catch
        {
            deactivate();
            throw;
        }
    }
}

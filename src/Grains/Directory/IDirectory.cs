namespace CalendarActors.Grains.Directory;

/// <summary>Lists for operators: an index fed by grains, eventual, never a source of truth. A port.</summary>
/// <remarks>Kinds are constants of <see cref="DirectoryKinds"/>. Every call may be repeated.</remarks>
public interface IDirectory
{
    /// <summary>Puts an entry, or changes its parent and text.</summary>
    /// <param name="entry">What to put.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task PutAsync(DirectoryEntry entry, CancellationToken cancellationToken);

    /// <summary>Takes an entry away; one that is not there is fine.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task RemoveAsync(string kind, string key, CancellationToken cancellationToken);

    /// <summary>One page of a kind, ordered by key (ordinal).</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="parent">Only entries with this parent; null for all.</param>
    /// <param name="afterKey">The last key of the page before; null for the first page.</param>
    /// <param name="limit">The most entries, 1 or more.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Fewer than <paramref name="limit"/> when it is the last page.</returns>
    Task<IReadOnlyList<DirectoryEntry>> ListAsync(
        string kind, string? parent, string? afterKey, int limit, CancellationToken cancellationToken);

    /// <summary>How many entries of a kind there are.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="parent">Only entries with this parent.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<int> CountAsync(string kind, string parent, CancellationToken cancellationToken);
}

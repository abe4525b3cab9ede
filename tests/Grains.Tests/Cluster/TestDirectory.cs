using System.Collections.Concurrent;
using CalendarActors.Grains.Directory;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>The operator's lists in memory.</summary>
public sealed class TestDirectory : IDirectory
{
    private readonly ConcurrentDictionary<(string Kind, string Key), DirectoryEntry> _entries = new();

    public Task PutAsync(DirectoryEntry entry, CancellationToken cancellationToken)
    {
        _entries[(entry.Kind, entry.Key)] = entry;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string kind, string key, CancellationToken cancellationToken)
    {
        _entries.TryRemove((kind, key), out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DirectoryEntry>> ListAsync(
        string kind, string? parent, string? afterKey, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DirectoryEntry>>(
        [
            .. _entries.Values
                .Where(e => e.Kind == kind && (parent is null || e.Parent == parent)
                    && string.CompareOrdinal(e.Key, afterKey ?? "") > 0)
                .OrderBy(e => e.Key, StringComparer.Ordinal).Take(limit),
        ]);

    public Task<int> CountAsync(string kind, string parent, CancellationToken cancellationToken) =>
        Task.FromResult(_entries.Values.Count(e => e.Kind == kind && e.Parent == parent));
}

using System.Data.Common;
using CalendarActors.Grains.Directory;
using CalendarActors.Silo.Storage;

namespace CalendarActors.Silo.Directory;

/// <summary>The operator's lists in a table of the state database, whose keys sort by their bytes.</summary>
internal sealed class StoredDirectory(StateDatabase database) : IDirectory
{
    public async Task PutAsync(DirectoryEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        await using DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            "insert into directory_entry (kind, parent, key, display) values (@kind, @parent, @key, @display) "
            + "on conflict (kind, key) do update set parent = excluded.parent, display = excluded.display",
            cancellationToken,
            ("kind", entry.Kind), ("parent", entry.Parent), ("key", entry.Key), ("display", entry.Display));
    }

    public async Task RemoveAsync(string kind, string key, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            "delete from directory_entry where kind = @kind and key = @key", cancellationToken, ("kind", kind), ("key", key));
    }

    public async Task<IReadOnlyList<DirectoryEntry>> ListAsync(
        string kind, string? parent, string? afterKey, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        await using DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return await connection.RowsAsync(
            "select kind, key, parent, display from directory_entry where kind = @kind "
            + (parent is null ? "" : "and parent = @parent ")
            + "and key > @after order by key limit @limit",
            row => new DirectoryEntry(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)),
            cancellationToken,
            ("kind", kind), ("parent", parent ?? ""), ("after", afterKey ?? ""), ("limit", limit));
    }

    public async Task<int> CountAsync(string kind, string parent, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        List<int> counted = await connection.RowsAsync(
            "select count(*) from directory_entry where kind = @kind and parent = @parent",
            row => row.GetInt32(0),
            cancellationToken,
            ("kind", kind), ("parent", parent));
        return counted[0];
    }
}

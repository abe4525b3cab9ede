namespace CalendarActors.Simulators.Kit;

/// <summary>
/// Everything that ever happened to one collection, in order, so that any past state can be served: what a cursor is a
/// position in. Not safe for several threads; the provider has one lock.
/// </summary>
/// <typeparam name="T">The items, which must not be changed after they are appended.</typeparam>
public sealed class ChangeLog<T>
    where T : class
{
    private readonly List<Change<T>> _changes = [];
    private readonly Dictionary<string, List<Change<T>>> _byId = new(StringComparer.Ordinal);
    private DateTimeOffset _allReadableFrom = DateTimeOffset.MinValue;

    /// <summary>The newest change's place; 0 when nothing happened yet.</summary>
    public long Latest => _changes.Count;

    /// <summary>Cursors before this place are no longer honored; see <see cref="InvalidateCursors"/>.</summary>
    public long OldestHonored { get; private set; }

    /// <summary>Cursors given out so far lose their worth, even one at the newest place.</summary>
    public void InvalidateCursors() => Generation++;

    /// <summary>Only cursors of this generation are honored; a provider writes it into them.</summary>
    public int Generation { get; private set; }

    /// <summary>Cursors more than this many changes behind lose their worth: a cache of limited size.</summary>
    public void HonorOnlyTheLast(long changes) => OldestHonored = Math.Max(OldestHonored, Latest - changes);

    /// <summary>Adds a version; null when the item goes away without a trace. Readers see it after <paramref name="hideFor"/>.</summary>
    public Change<T> Append(string id, T? value, DateTimeOffset at, TimeSpan hideFor = default)
    {
        DateTimeOffset readable = at + hideFor;
        _allReadableFrom = readable > _allReadableFrom ? readable : _allReadableFrom;
        var change = new Change<T>(Latest + 1, id, value, at, readable);
        _changes.Add(change);
        if (!_byId.TryGetValue(id, out var versions))
        {
            _byId[id] = versions = [];
        }

        versions.Add(change);
        return change;
    }

    /// <summary>The last place that readers see at this time: everything before the first change that is still hidden.</summary>
    public long ReadableAt(DateTimeOffset now)
    {
        if (now >= _allReadableFrom)
        {
            return Latest;
        }

        int hidden = _changes.FindIndex(change => change.ReadableFrom > now);
        return hidden < 0 ? Latest : hidden;
    }

    /// <summary>True when an item of this id ever existed.</summary>
    public bool Knows(string id) => _byId.ContainsKey(id);

    /// <summary>The item as of a place; null when it did not exist, or no longer.</summary>
    public T? Find(string id, long upTo = long.MaxValue) =>
        _byId.TryGetValue(id, out var versions) ? versions.FindLast(change => change.Sequence <= upTo)?.Value : null;

    /// <summary>All items as of a place, in the order of their last change.</summary>
    public IReadOnlyList<Change<T>> StateAt(long upTo = long.MaxValue) =>
        [.. LastVersions(0, upTo).Where(change => change.Value is not null)];

    /// <summary>The last version of each item that changed after one place, up to another, in the order of change.</summary>
    public IReadOnlyList<Change<T>> Since(long after, long upTo = long.MaxValue) => [.. LastVersions(after, upTo)];

    private IEnumerable<Change<T>> LastVersions(long after, long upTo)
    {
        long end = Math.Min(upTo, Latest);
        for (long place = after; place < end; place++)
        {
            Change<T> change = _changes[(int)place];
            if (_byId[change.Id].FindLast(version => version.Sequence <= end) == change)
            {
                yield return change;
            }
        }
    }
}

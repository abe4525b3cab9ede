using System.Collections.Concurrent;

namespace CalendarActors.Silo.Secrets;

/// <summary>Unwrapped data keys of this silo, kept for a short time.</summary>
/// <remarks>
/// A key that another silo destroyed opens here for at most <see cref="TimeToLive"/>. A load that began before a destruction
/// is not kept: <see cref="Epoch"/> tells.
/// </remarks>
internal sealed class KeyRing(TimeProvider time)
{
    public static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(5);

    /// <summary>About 200 bytes each.</summary>
    private const int Capacity = 20_000;

    private readonly ConcurrentDictionary<string, Held> _byOwner = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Held> _byId = new(StringComparer.Ordinal);
    private readonly Lock _changes = new();
    private long _epoch;

    /// <summary>Read before a load, and given back to <see cref="Keep"/>.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    public DataKey? FindOfOwner(string owner) => Live(_byOwner, owner);

    public DataKey? Find(byte[] keyId) => Live(_byId, Convert.ToHexString(keyId));

    public void Keep(DataKey key, long epoch)
    {
        lock (_changes)
        {
            if (epoch != _epoch)
            {
                return;
            }

            if (_byId.Count >= Capacity)
            {
                Trim();
            }

            var held = new Held(key, time.GetTimestamp());
            _byOwner[key.Owner] = held;
            _byId[Convert.ToHexString(key.Id)] = held;
        }
    }

    public void Drop(string owner)
    {
        lock (_changes)
        {
            _epoch++;
            foreach ((string id, Held held) in _byId)
            {
                if (held.Key.Owner == owner)
                {
                    _byId.TryRemove(id, out _);
                }
            }

            _byOwner.TryRemove(owner, out _);
        }
    }

    private DataKey? Live(ConcurrentDictionary<string, Held> ring, string name)
        => ring.TryGetValue(name, out Held? held) && time.GetElapsedTime(held.Since) < TimeToLive ? held.Key : null;

    /// <summary>Drops what is over its time, and everything when that is not enough: it is only a cache.</summary>
    private void Trim()
    {
        foreach ((string id, Held held) in _byId)
        {
            if (time.GetElapsedTime(held.Since) >= TimeToLive)
            {
                _byId.TryRemove(id, out _);
                _byOwner.TryRemove(KeyValuePair.Create(held.Key.Owner, held));
            }
        }

        if (_byId.Count >= Capacity)
        {
            _byId.Clear();
            _byOwner.Clear();
        }
    }

    private sealed record Held(DataKey Key, long Since);
}

using System.Collections.Concurrent;
using Orleans.Serialization;
using Orleans.Storage;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>Grain state that outlives silos, and that fails on demand: before a write, or after it as if nobody had heard.</summary>
/// <remarks>Rows are bytes, written by the serializer of design section 5, so a restart reads what a restart would read.</remarks>
public sealed class StoredRows
{
    private readonly ConcurrentDictionary<(string State, string Key), (byte[] Bytes, string Etag)> _rows = new();
    private long _etag;

    /// <summary>One write or deletion of a row.</summary>
    public sealed record Write(string State, string Key, bool IsClear);

    /// <summary>Every write that took effect, in order.</summary>
    public ConcurrentQueue<Write> Writes { get; } = new();

    /// <summary>Asked for every write before it: true fails it without effect.</summary>
    public Func<Write, bool>? FailBefore { get; set; }

    /// <summary>Asked for every write after it: true fails it although it took effect.</summary>
    public Func<Write, bool>? FailAfter { get; set; }

    /// <summary>What all rows take here, roughly.</summary>
    public long TotalBytes => _rows.Sum(r => r.Value.Bytes.Length + 300L);

    /// <summary>The bytes of a row; null when there is none.</summary>
    public byte[]? Bytes(string state, string key) => _rows.TryGetValue((state, key), out var row) ? row.Bytes : null;

    /// <summary>Puts a row there, as an older release did.</summary>
    public void Put(string state, string key, byte[] bytes) => _rows[(state, key)] = (bytes, $"{Interlocked.Increment(ref _etag)}");

    internal Task ReadAsync<T>(Serializer serializer, string name, GrainId id, IGrainState<T> state)
    {
        if (_rows.TryGetValue((name, id.Key.ToString()!), out var row))
        {
            state.State = serializer.Deserialize<T>(row.Bytes)!;
            state.ETag = row.Etag;
            state.RecordExists = true;
        }
        else
        {
            state.State = Activator.CreateInstance<T>();
            state.ETag = null!;
            state.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    internal Task WriteAsync<T>(Serializer serializer, string name, GrainId id, IGrainState<T> state)
    {
        Write write = new(name, id.Key.ToString()!, false);
        ThrowIf(FailBefore, write);
        (byte[], string) row = (serializer.SerializeToArray(state.State), $"{Interlocked.Increment(ref _etag)}");
        lock (_rows)
        {
            Check(write, state.ETag);
            _rows[(write.State, write.Key)] = row;
        }

        Writes.Enqueue(write);
        ThrowIf(FailAfter, write);
        state.ETag = row.Item2;
        state.RecordExists = true;
        return Task.CompletedTask;
    }

    internal Task ClearAsync<T>(string name, GrainId id, IGrainState<T> state)
    {
        Write write = new(name, id.Key.ToString()!, true);
        ThrowIf(FailBefore, write);
        lock (_rows)
        {
            Check(write, state.ETag);
            _rows.TryRemove((write.State, write.Key), out _);
        }

        Writes.Enqueue(write);
        ThrowIf(FailAfter, write);
        state.State = Activator.CreateInstance<T>();
        state.ETag = null!;
        state.RecordExists = false;
        return Task.CompletedTask;
    }

    private static void ThrowIf(Func<Write, bool>? isFailing, Write write)
    {
        if (isFailing?.Invoke(write) == true)
        {
            throw new IOException($"Injected at {write}.");
        }
    }

    private void Check(Write write, string? etag)
    {
        string? stored = _rows.TryGetValue((write.State, write.Key), out var row) ? row.Etag : null;
        if (stored != etag)
        {
            throw new InconsistentStateException($"Somebody else wrote {write}.", stored ?? "", etag ?? "");
        }
    }
}

/// <summary>Orleans' view of <see cref="StoredRows"/>.</summary>
internal sealed class RowStorage(StoredRows rows, Serializer serializer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        rows.ReadAsync(serializer, stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        rows.WriteAsync(serializer, stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        rows.ClearAsync(stateName, grainId, grainState);
}

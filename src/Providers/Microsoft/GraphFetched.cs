using CalendarActors.Domain.Providers;
using Microsoft.Graph.Models;

namespace CalendarActors.Providers.Microsoft;

/// <summary>What reading events one by one came to.</summary>
internal sealed class GraphFetched
{
    private readonly Dictionary<string, ProviderItem> _items = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Those that are there, by the id that was asked for.</summary>
    public IReadOnlyDictionary<string, ProviderItem> Items => _items;

    /// <summary>Those that are not.</summary>
    public IReadOnlySet<string> Gone => _gone;

    /// <summary>Those that are there and say nothing that we understand.</summary>
    public IReadOnlySet<string> Unreadable => _unreadable;

    /// <summary>Takes an answer.</summary>
    /// <param name="id">What was asked for.</param>
    /// <param name="row">Null when it is not there.</param>
    public void Add(string id, Event? row)
    {
        if (row is null)
        {
            _gone.Add(id);
        }
        else if (GraphEventReader.Read(row) is { } item)
        {
            _items[id] = item;
        }
        else
        {
            _unreadable.Add(id);
        }
    }
}

using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using Microsoft.Graph.Models;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Single events of a feed: those that it tells in full, and those that must be asked for.</summary>
/// <remarks>
/// A feed has no properties of ours, so what an application wrote is asked for. So is a row without content, or with a
/// body in HTML: the same event must read the same whichever way it comes.
/// </remarks>
/// <param name="Items">Those told in full.</param>
/// <param name="Unreadable">Ids of those told in full that make no sense.</param>
/// <param name="Wanting">Ids of the others.</param>
internal sealed record GraphContents(
    ImmutableArray<ProviderItem> Items, ImmutableArray<string> Unreadable, ImmutableArray<string> Wanting)
{
    /// <summary>Sorts rows.</summary>
    public static GraphContents Of(
        IReadOnlyDictionary<string, Event> rows, IReadOnlyDictionary<string, KnownVersion> known)
    {
        var items = ImmutableArray.CreateBuilder<ProviderItem>();
        var unreadable = ImmutableArray.CreateBuilder<string>();
        var wanting = ImmutableArray.CreateBuilder<string>();
        foreach ((string id, Event row) in rows)
        {
            if (!IsWhole(row) || GraphProperties.IsOurs(row) || (known.TryGetValue(id, out KnownVersion had) && had.IsManaged))
            {
                wanting.Add(id);
            }
            else if (GraphEventReader.Read(row) is { } item)
            {
                items.Add(item);
            }
            else
            {
                unreadable.Add(id);
            }
        }

        return new GraphContents(items.ToImmutable(), unreadable.ToImmutable(), wanting.ToImmutable());
    }

    private static bool IsWhole(Event row) =>
        row is { Type: EventType.SingleInstance, ShowAs: not null, Body: { ContentType: BodyType.Text } or { Content: "" } };
}

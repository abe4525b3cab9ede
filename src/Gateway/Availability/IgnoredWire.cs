using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Gateway.Events;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Availability;

/// <summary>Reads which ways of taking time count as free for a question.</summary>
internal static class IgnoredWire
{
    // The vendor's name for it was seen cut off after these letters.
    private const string Prefix = "ignored_extended";

    private const int MaxText = 64;

    /// <summary>Each once; empty when nothing is said.</summary>
    public static ImmutableArray<Transparency> Read(RequestField root) =>
    [
        .. root.Names
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .SelectMany(name => root[name].Items(MaxText) ?? [])
            .Select(One)
            .OfType<Transparency>()
            .Distinct(),
    ];

    private static Transparency? One(RequestField field)
    {
        if (field.Text(MaxText) is not { } word)
        {
            return null;
        }

        Transparency? transparency = word == "unknown" ? Transparency.Unknown : EventWords.TransparencyOf(word, isExtended: true);
        if (transparency is null)
        {
            field.Fault(FieldKeys.NotRecognized, "must be a value of extended_transparency");
        }

        return transparency;
    }
}

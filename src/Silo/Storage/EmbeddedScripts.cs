using System.Collections.Immutable;
using System.Globalization;

namespace CalendarActors.Silo.Storage;

/// <summary>Our SQL, embedded by path: <c>Storage/Sqlite/schema-1</c>, <c>Storage/Sqlite/Queries/WriteToStorageKey</c>.</summary>
internal static class EmbeddedScripts
{
    /// <summary>The steps of a schema in order; the number of the last is the schema's version.</summary>
    public static ImmutableArray<string> Schema(string folder)
    {
        string start = $"{folder}/schema-";
        return [.. Names(start)
            .OrderBy(n => int.Parse(n.AsSpan(start.Length), NumberStyles.None, CultureInfo.InvariantCulture))
            .Select(Text)];
    }

    /// <summary>Statements by name.</summary>
    public static ImmutableDictionary<string, string> Queries(string folder)
    {
        string start = $"{folder}/Queries/";
        return Names(start).ToImmutableDictionary(n => n[start.Length..], Text, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Names(string start)
        => typeof(EmbeddedScripts).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(start, StringComparison.Ordinal));

    private static string Text(string name)
    {
        using Stream stream = typeof(EmbeddedScripts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

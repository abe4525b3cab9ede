using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CalendarActors.Simulators.Graph.Http;

/// <summary>The query options of a request that this simulator knows. Others are refused, so that none is ignored unseen.</summary>
internal sealed partial class ODataQuery
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "$select", "$expand", "$filter", "$top", "$skip", "$orderby", "$count", "$skiptoken", "$deltatoken", "startDateTime", "endDateTime",
    };

    private readonly IQueryCollection _query;

    public ODataQuery(IQueryCollection query)
    {
        _query = query;
        if (query.Keys.FirstOrDefault(key => !Known.Contains(key)) is { } unknown)
        {
            throw new GraphFailure(400, "RequestBroker--ParseUri", $"The query specified in the URI is not valid: '{unknown}'.");
        }

        Select = this["$select"] is { } select
            ? select.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal)
            : null;
    }

    /// <summary>All fields, with all extended properties.</summary>
    public static ODataQuery Everything { get; } = new(new QueryCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal)
    {
        ["$expand"] = "singleValueExtendedProperties,exceptionOccurrences",
    }));

    /// <summary>The selected names; null is all.</summary>
    public HashSet<string>? Select { get; }

    public int Top(int otherwise) => int.TryParse(this["$top"], out int top) && top > 0 ? Math.Min(top, 1000) : otherwise;

    public int Skip => int.TryParse(this["$skip"], out int skip) ? skip : 0;

    /// <summary>The ids of the extended properties asked for; empty is all, null none.</summary>
    public IReadOnlySet<string>? ExpandedProperties =>
        Expands("singleValueExtendedProperties")
            ? PropertyId().Matches(this["$expand"] ?? "").Select(static match => match.Groups["id"].Value).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : null;

    public string? this[string name] => _query.TryGetValue(name, out var value) ? value.ToString() : null;

    public bool Selects(string name) => Select?.Contains(name) == true;

    public bool Expands(string name) => this["$expand"]?.Contains(name, StringComparison.Ordinal) == true;

    /// <summary>Refuses an option, as delta does with most.</summary>
    public void Refuse(params string[] names)
    {
        if (names.FirstOrDefault(name => this[name] is not null) is { } refused)
        {
            throw new GraphFailure(
                400,
                "ErrorInvalidUrlQuery",
                $"The following parameters are not supported with change tracking over the 'CalendarView' resource: '{refused}'.");
        }
    }

    [GeneratedRegex(@"\bid eq '(?<id>(?:[^']|'')*)'", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PropertyId();
}

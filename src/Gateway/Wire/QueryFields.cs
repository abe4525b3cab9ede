using System.Collections.Immutable;
using CalendarActors.Domain.Time;
using Microsoft.Extensions.Primitives;

namespace CalendarActors.Gateway.Wire;

/// <summary>Reads the parameters of a query string; what is wrong with one is a fault of that field.</summary>
internal readonly struct QueryFields(IQueryCollection query, RequestFaults faults)
{
    // As many as a request line holds.
    private const int MaxIds = 500;

    /// <summary>The last value of that name; null when there is none or it is empty.</summary>
    public string? Text(string name) =>
        query.TryGetValue(name, out StringValues values) && values.Count > 0 && values[^1] is { Length: > 0 } text ? text : null;

    public bool Flag(string name)
    {
        if (Text(name) is not { } text)
        {
            return false;
        }

        bool? value = Flags.Parse(text);
        if (value is null)
        {
            faults.Add(name, FieldKeys.MustBeBoolean, "must be a boolean value, either true or false");
        }

        return value ?? false;
    }

    /// <summary>The zone; null, with a fault, when it is missing or not known.</summary>
    public string? Zone(string name)
    {
        string? text = Text(name);
        if (text is null)
        {
            faults.Add(name, FieldKeys.Required, "required");
            return null;
        }

        string? zone = ZoneIds.Resolve(text);
        if (zone is null)
        {
            faults.Add(name, FieldKeys.ZoneUnrecognized, "TZID not recognized");
        }

        return zone;
    }

    public GivenTime? Time(string name, string key)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        GivenTime? time = GivenTime.Parse(text);
        if (time is null)
        {
            faults.Add(name, key, key == FieldKeys.MustBeDate ? "must be a date" : "must be a time");
        }

        return time;
    }

    /// <summary>A list: <c>name[]=a&amp;name[]=b</c>, with numbers in the brackets, or without any.</summary>
    public ImmutableArray<string> List(string name)
    {
        ImmutableArray<string>.Builder? items = null;
        foreach ((string key, StringValues values) in query)
        {
            if (!key.StartsWith(name, StringComparison.Ordinal) || !IsListSuffix(key.AsSpan(name.Length)))
            {
                continue;
            }

            items ??= ImmutableArray.CreateBuilder<string>();
            foreach (string? value in values)
            {
                if (!string.IsNullOrEmpty(value) && !items.Contains(value))
                {
                    items.Add(value);
                }
            }
        }

        if (items?.Count > MaxIds)
        {
            faults.Add(name, FieldKeys.TooMany, $"must have at most {MaxIds} entries");
            return [];
        }

        return items?.ToImmutable() ?? [];
    }

    private static bool IsListSuffix(ReadOnlySpan<char> suffix) =>
        suffix.IsEmpty || (suffix[0] == '[' && suffix[^1] == ']' && !suffix[1..^1].ContainsAnyExceptInRange('0', '9'));
}

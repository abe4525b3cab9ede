using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;

namespace CalendarActors.Gateway.Wire;

/// <summary>One value of a request, the path that leads to it, and the list of what is wrong.</summary>
/// <remarks>
/// JSON is read by its types: a wrong one is a fault of the field. A form has nothing but text, so there a number or a
/// truth value is read from its text. Null and absent are told apart by <see cref="IsNull"/> and <see cref="IsAbsent"/>.
/// </remarks>
internal readonly struct RequestField(JsonElement element, string path, bool isText, RequestFaults faults)
{
    private const int MaxZone = 255;

    public string Path => path;

    public bool IsAbsent => element.ValueKind == JsonValueKind.Undefined;

    public bool IsNull => element.ValueKind == JsonValueKind.Null;

    /// <summary>True when it says something: neither absent nor null.</summary>
    public bool IsGiven => !IsAbsent && !IsNull;

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    public bool IsList => element.ValueKind == JsonValueKind.Array;

    public bool IsString => element.ValueKind == JsonValueKind.String;

    /// <summary>True when it is given and is no empty object or list, which some libraries write where they mean nothing.</summary>
    public bool SaysSomething => IsGiven && !IsEmptyList && !(IsObject && !Names.Any());

    public bool IsNumber => element.ValueKind == JsonValueKind.Number;

    /// <summary>As it was written; empty when absent.</summary>
    public string Json => IsAbsent ? "" : element.GetRawText();

    public bool IsEmptyList => element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0;

    /// <summary>A member; absent when this is no object or has none of that name.</summary>
    public RequestField this[string name] => new(
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default,
        path.Length == 0 ? name : $"{path}.{name}",
        isText,
        faults);

    public IEnumerable<string> Names => IsObject ? element.EnumerateObject().Select(p => p.Name) : [];

    /// <summary>The same value as the root of a request of its own, with faults of its own.</summary>
    public RequestField Apart(RequestFaults own) => new(element, "", isText, own);

    /// <summary>The value as the body of a request of its own.</summary>
    public ParsedBody AsBody() => IsObject ? ParsedBody.Of(element, isText)
        : IsGiven && !IsEmptyList ? ParsedBody.Unreadable("data must be a JSON object.")
        : ParsedBody.Empty;

    public void Fault(string key, string description) => faults.Add(path, key, description);

    /// <summary>Says so when nothing is given.</summary>
    public bool Require()
    {
        if (IsGiven)
        {
            return true;
        }

        Fault(FieldKeys.Required, "required");
        return false;
    }

    /// <summary>The object itself, or a fault. Nothing given is no fault.</summary>
    public bool ExpectObject()
    {
        if (IsGiven && !IsObject)
        {
            Fault(FieldKeys.MustBeObject, "must be an object");
        }

        return IsObject;
    }

    /// <summary>The text, at most <paramref name="limit"/> characters; null when not given or wrong.</summary>
    public string? Text(int limit)
    {
        if (!IsGiven)
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.String || TextOf(element) is not { } text)
        {
            Fault(FieldKeys.MustBeString, "must be a string");
            return null;
        }

        if (!EventRules.IsWithin(text, limit))
        {
            Fault(FieldKeys.TooLong, $"must be at most {limit} characters");
            return null;
        }

        if (!EventRules.IsPlain(text))
        {
            Fault(FieldKeys.InvalidFormat, "must not contain control characters");
            return null;
        }

        return text;
    }

    /// <summary>The IANA id of a time zone; null when none is given, or, with a fault, when it is not known.</summary>
    /// <param name="isRequired">True when none, or an empty one, is a fault.</param>
    public string? Zone(bool isRequired = false)
    {
        if ((isRequired && !Require()) || Text(MaxZone) is not { } text || (text.Length == 0 && !isRequired))
        {
            return null;
        }

        string? zoneId = ZoneIds.Resolve(text);
        if (zoneId is null)
        {
            Fault(FieldKeys.ZoneUnrecognized, "TZID not recognized");
        }

        return zoneId;
    }

    /// <summary>The number as text, whether it was written as a number or as text; null when not given or wrong.</summary>
    public string? NumberText() => element.ValueKind == JsonValueKind.Number ? element.GetRawText() : Text(64);

    /// <summary>The bytes of a text in base64 (RFC 4648 section 4), line breaks allowed; null when not given or wrong.</summary>
    /// <param name="limit">Bytes, at most; at least 1.</param>
    public ImmutableArray<byte>? Bytes(int limit)
    {
        if (!IsGiven)
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.String)
        {
            Fault(FieldKeys.MustBeString, "must be a string");
            return null;
        }

        if (!element.TryGetBytesFromBase64(out byte[]? bytes))
        {
            Fault(FieldKeys.InvalidFormat, "must be base64");
            return null;
        }

        if (bytes.Length == 0 || bytes.Length > limit)
        {
            Fault(bytes.Length == 0 ? FieldKeys.Required : FieldKeys.TooLong, $"must be 1 to {limit} bytes");
            return null;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(bytes);
    }

    /// <summary>The whole number; null when not given or wrong.</summary>
    public int? Integer(string key = FieldKeys.MustBeInteger)
    {
        if (!IsGiven)
        {
            return null;
        }

        int value = 0;
        bool isInteger = element.ValueKind == JsonValueKind.Number
            ? element.TryGetInt32(out value)
            : isText && int.TryParse(TextOf(element), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        if (!isInteger)
        {
            Fault(key, "must be an integer");
            return null;
        }

        return value;
    }

    /// <summary>The truth value; null when not given or wrong.</summary>
    public bool? Flag()
    {
        if (!IsGiven)
        {
            return null;
        }

        bool? value = element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when isText => Flags.Parse(TextOf(element)),
            _ => null,
        };
        if (value is null)
        {
            Fault(FieldKeys.MustBeBoolean, "must be a boolean value, either true or false");
        }

        return value;
    }

    /// <summary>The items, at most <paramref name="limit"/>; null when not given or wrong.</summary>
    public IReadOnlyList<RequestField>? Items(int limit, string tooMany = FieldKeys.TooMany)
    {
        if (!IsGiven)
        {
            return null;
        }

        // A form cannot write an empty list but as an empty text.
        if (isText && element.ValueKind == JsonValueKind.String && TextOf(element)?.Length == 0)
        {
            return [];
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            Fault(FieldKeys.MustBeArray, "must be an array");
            return null;
        }

        if (element.GetArrayLength() > limit)
        {
            Fault(tooMany, $"must have at most {limit} entries");
            return null;
        }

        List<RequestField> items = [];
        foreach (JsonElement item in element.EnumerateArray())
        {
            items.Add(new RequestField(item, $"{path}[{items.Count}]", isText, faults));
        }

        return items;
    }

    // Half a surrogate pair is good JSON and no text.
    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

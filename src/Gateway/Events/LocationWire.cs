using CalendarActors.Domain.Events;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Events;

/// <summary>Reads a place. The object replaces the place as a whole: a new name with the old point would be a lie.</summary>
internal static class LocationWire
{
    /// <summary>The place as text.</summary>
    public static Change<string?> Place(RequestField field)
    {
        if (field.IsAbsent)
        {
            return Change<string?>.Keep;
        }

        string? text = field.ExpectObject() ? field["description"].Text(EventLimits.Location) : null;
        return Change<string?>.To(string.IsNullOrEmpty(text) ? null : text);
    }

    /// <summary>The place as a point.</summary>
    public static Change<GeoPoint?> Point(RequestField field)
    {
        if (field.IsAbsent)
        {
            return Change<GeoPoint?>.Keep;
        }

        string? latitude = Degrees(field["lat"], 90);
        string? longitude = Degrees(field["long"], 180);
        if (latitude is null != longitude is null)
        {
            (latitude is null ? field["lat"] : field["long"]).Fault(FieldKeys.Required, "lat and long go together");
        }

        return Change<GeoPoint?>.To(latitude is not null && longitude is not null ? new GeoPoint(latitude, longitude) : null);
    }

    // Text on the wire, but a number means the same and is often sent.
    private static string? Degrees(RequestField field, int limit)
    {
        if (!field.IsGiven || field.NumberText() is not { Length: > 0 } text)
        {
            return null;
        }

        if (!EventRules.IsDegrees(text, limit))
        {
            field.Fault(FieldKeys.InvalidFormat, $"must be decimal degrees between -{limit} and {limit}");
        }

        return text;
    }
}

using Google.Apis.Calendar.v3.Data;

namespace CalendarActors.Providers.Google;

/// <summary>What Google has no field for, in private extended properties: names up to 44, values up to 1,024 characters.</summary>
internal static class GoogleProperties
{
    /// <summary><c>#RRGGBB</c>; counts only while <c>colorId</c> is the nearest to it.</summary>
    public const string Color = "calendaractorsColor";

    /// <summary><c>latitude;longitude</c>.</summary>
    public const string Geo = "calendaractorsGeo";

    /// <summary>A link that is no web page's, which <c>source</c> cannot hold.</summary>
    public const string Url = "calendaractorsUrl";

    /// <summary>A finer form of <c>transparency</c>; counts only while that agrees.</summary>
    public const string Busy = "calendaractorsBusy";

    /// <summary>The value of a property; null when there is none.</summary>
    public static string? Get(Event row, string name) =>
        row.ExtendedProperties?.Private__?.TryGetValue(name, out string? value) == true ? value : null;

    /// <summary>Sets a property; null takes it away.</summary>
    public static void Set(Event row, string name, string? value)
    {
        if (value is null)
        {
            row.ExtendedProperties?.Private__?.Remove(name);
            return;
        }

        row.ExtendedProperties ??= new Event.ExtendedPropertiesData();
        row.ExtendedProperties.Private__ ??= new Dictionary<string, string>(StringComparer.Ordinal);
        row.ExtendedProperties.Private__[name] = value;
    }
}

using CalendarActors.Simulators.Graph.Time;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CalendarActors.Simulators.Graph.Http;

/// <summary>What a request's <c>Prefer</c> headers ask for.</summary>
internal sealed class Preferences
{
    /// <summary>The ids that do not change when an event moves.</summary>
    public bool ImmutableIds { get; private set; }

    /// <summary>The zone that times are shown in.</summary>
    public string Zone { get; private set; } = "UTC";

    /// <summary>Items on a page; null leaves it to the service.</summary>
    public int? PageSize { get; private set; }

    /// <summary>Immutable ids and UTC.</summary>
    public static Preferences Truth { get; } = new() { ImmutableIds = true };

    /// <summary>Reads them and answers <c>Preference-Applied</c>.</summary>
    public static Preferences Of(HttpContext context)
    {
        var read = new Preferences();
        var applied = new List<string>();
        foreach (string part in context.Request.Headers["Prefer"].SelectMany(static value => (value ?? "").Split([',', ';'])))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            string value = pair.Length > 1 ? pair[1].Trim('"') : "";
            if (read.Take(pair[0], value))
            {
                applied.Add(part.Trim());
            }
        }

        if (applied.Count > 0)
        {
            context.Response.Headers["Preference-Applied"] = new StringValues(string.Join(", ", applied));
        }

        return read;
    }

    private bool Take(string name, string value)
    {
        switch (name.ToLowerInvariant())
        {
            case "idtype" when string.Equals(value, "ImmutableId", StringComparison.OrdinalIgnoreCase):
                ImmutableIds = true;
                return true;
            case "outlook.timezone":
                Zone = ZoneNames.Find(value) is null
                    ? throw new GraphFailure(400, "TimeZoneNotSupportedException", $"The following TimeZone value is not supported: '{value}'.")
                    : value;
                return true;
            case "odata.maxpagesize" when int.TryParse(value, out int size) && size > 0:
                PageSize = Math.Min(size, 1000);
                return true;
            case "outlook.body-content-type":
                return true;
            default:
                return false;
        }
    }
}

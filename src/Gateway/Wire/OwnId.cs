using CalendarActors.Domain.Availability;

namespace CalendarActors.Gateway.Wire;

/// <summary>An application's own ids of what it keeps here: rules, periods, holds.</summary>
internal static class OwnId
{
    /// <summary>An application's own id: ASCII, at most 64 characters, and such that a path can name it.</summary>
    public static string Read(RequestField field)
    {
        if (!field.Require() || field.Text(AvailabilityLimits.IdLength) is not { } id)
        {
            return "";
        }

        if (id.Length == 0 || id.Any(c => c is < '!' or > '~'))
        {
            field.Fault(FieldKeys.InvalidFormat, "must be 1 to 64 letters, digits and signs of ASCII, without spaces");
        }
        else if (id is "." or ".." || id.Contains("%2f", StringComparison.OrdinalIgnoreCase))
        {
            field.Fault(FieldKeys.InvalidFormat, "must not be . or .. or contain %2F: no address could name it");
        }

        return id;
    }

    /// <summary>The id that a path names: a slash in it comes as %2F, all else as it is.</summary>
    public static string InPath(string route) => route.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}

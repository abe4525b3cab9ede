namespace CalendarActors.Providers.Google;

/// <summary>Where the last pull of a calendar, or the last listing of calendars, ended: Google's sync token behind the version of this form.</summary>
internal static class GoogleCursor
{
    private const string Prefix = "g1~";

    /// <summary>The cursor of a sync token.</summary>
    public static string Of(string syncToken) => Prefix + syncToken;

    /// <summary>The sync token of a cursor; null for one that this version did not write.</summary>
    public static string? TokenOf(string cursor) =>
        cursor.StartsWith(Prefix, StringComparison.Ordinal) && cursor.Length > Prefix.Length ? cursor[Prefix.Length..] : null;
}

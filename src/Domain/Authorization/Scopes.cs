using System.Collections.Frozen;

namespace CalendarActors.Domain.Authorization;

/// <summary>The scopes of the wire and what each permits.</summary>
/// <remarks>Source: docs.cronofy.com, "Authorization: request", "Access modes"; bundles expand as in docs/compatibility.</remarks>
public static class Scopes
{
    /// <summary>See name, mail address and zone.</summary>
    public const string ReadAccount = "read_account";

    /// <summary>List calendars.</summary>
    public const string ListCalendars = "list_calendars";

    /// <summary>Read other people's events in full.</summary>
    public const string ReadEvents = "read_events";

    /// <summary>Read busy times only.</summary>
    public const string ReadFreeBusy = "read_free_busy";

    /// <summary>Create and change events.</summary>
    public const string CreateEvent = "create_event";

    /// <summary>Delete events.</summary>
    public const string DeleteEvent = "delete_event";

    /// <summary>Create calendars.</summary>
    public const string CreateCalendar = "create_calendar";

    /// <summary>Answer invitations.</summary>
    public const string ChangeParticipationStatus = "change_participation_status";

    /// <summary>Set reminders.</summary>
    public const string EventReminders = "event_reminders";

    private static readonly string[] Everything =
    [
        ReadAccount, ListCalendars, ReadEvents, ReadFreeBusy, CreateEvent, DeleteEvent, CreateCalendar,
        ChangeParticipationStatus, EventReminders,
    ];

    private static readonly string[] WriteOnly =
        [ReadAccount, ListCalendars, CreateEvent, DeleteEvent, CreateCalendar, EventReminders];

    private static readonly string[] FreeBusy = [ReadAccount, ListCalendars, ReadFreeBusy];

    private static readonly FrozenDictionary<string, string[]> Permissions = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [ReadAccount] = [ReadAccount],
        [ListCalendars] = [ListCalendars],
        [ReadEvents] = [ReadEvents, ReadFreeBusy],
        [ReadFreeBusy] = [ReadFreeBusy],
        [CreateEvent] = [CreateEvent],
        [DeleteEvent] = [DeleteEvent],
        [CreateCalendar] = [CreateCalendar],
        [ChangeParticipationStatus] = [ChangeParticipationStatus],
        [EventReminders] = [EventReminders],
        ["full_access"] = Everything,
        ["read_write"] = Everything,
        ["read_only"] = [ReadAccount, ListCalendars, ReadEvents, ReadFreeBusy],
        ["write_only"] = WriteOnly,
        ["free_busy"] = FreeBusy,
        ["free_busy_write"] = [.. FreeBusy, .. WriteOnly],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> PermissionsOfSpan =
        Permissions.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Every word that may stand in a <c>scope</c> parameter.</summary>
    public static IReadOnlyCollection<string> Known => Permissions.Keys;

    /// <summary>The permissions that a space-separated scope amounts to; unknown words permit nothing.</summary>
    public static FrozenSet<string> Expand(string scope) =>
        scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => Permissions.GetValueOrDefault(word, []))
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A scope parameter in one form: known words once each, in the order given.</summary>
    /// <param name="scope">Words separated by single spaces (RFC 6749 3.3).</param>
    /// <returns>Null when it has no word, or one that is not known.</returns>
    public static string? Normalize(string? scope)
    {
        string[] words = (scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && words.All(Permissions.ContainsKey)
            ? string.Join(' ', words.Distinct(StringComparer.Ordinal))
            : null;
    }

    /// <summary>Both scopes together, each word once.</summary>
    public static string Union(string first, string second) =>
        string.Join(' ', $"{first} {second}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal));

    /// <summary>True when <paramref name="narrow"/> permits nothing that <paramref name="wide"/> does not.</summary>
    public static bool IsWithin(string narrow, string wide) => Expand(narrow).IsSubsetOf(Expand(wide));

    /// <summary>True when <paramref name="scope"/> permits <paramref name="permission"/>.</summary>
    /// <remarks>Asked several times a request, so it makes no set.</remarks>
    public static bool Permits(string scope, string permission)
    {
        foreach (Range word in scope.AsSpan().Split(' '))
        {
            if (PermissionsOfSpan.TryGetValue(scope.AsSpan(word), out string[]? permitted)
                && Array.IndexOf(permitted, permission) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}

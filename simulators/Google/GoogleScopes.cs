namespace CalendarActors.Simulators.Google;

/// <summary>The scopes that the simulator knows, and what they allow (Google: "Choose Google Calendar API scopes", checked 2026-11).</summary>
public static class GoogleScopes
{
    /// <summary>Everything.</summary>
    public const string Calendar = Prefix + "calendar";

    /// <summary>Reading everything.</summary>
    public const string CalendarReadOnly = Prefix + "calendar.readonly";

    /// <summary>Reading and writing events.</summary>
    public const string Events = Prefix + "calendar.events";

    /// <summary>Reading events.</summary>
    public const string EventsReadOnly = Prefix + "calendar.events.readonly";

    /// <summary>Reading and changing the list of calendars.</summary>
    public const string CalendarList = Prefix + "calendar.calendarlist";

    /// <summary>Reading the list of calendars.</summary>
    public const string CalendarListReadOnly = Prefix + "calendar.calendarlist.readonly";

    /// <summary>Making, changing and deleting calendars.</summary>
    public const string Calendars = Prefix + "calendar.calendars";

    /// <summary>Reading calendars' properties.</summary>
    public const string CalendarsReadOnly = Prefix + "calendar.calendars.readonly";

    /// <summary>Reading busy time.</summary>
    public const string FreeBusy = Prefix + "calendar.freebusy";

    private const string Prefix = "https://www.googleapis.com/auth/";

    internal static readonly string[] ReadList = [Calendar, CalendarReadOnly, CalendarList, CalendarListReadOnly];
    internal static readonly string[] WriteList = [Calendar, CalendarList];
    internal static readonly string[] ReadEvents = [Calendar, CalendarReadOnly, Events, EventsReadOnly];
    internal static readonly string[] WriteEvents = [Calendar, Events];
    internal static readonly string[] ReadCalendars = [Calendar, CalendarReadOnly, Calendars, CalendarsReadOnly];
    internal static readonly string[] WriteCalendars = [Calendar, Calendars];
    internal static readonly string[] ReadBusy = [Calendar, CalendarReadOnly, FreeBusy];

    private static readonly string[] Identity = ["openid", "email", "profile", Prefix + "userinfo.email", Prefix + "userinfo.profile"];

    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        [Calendar] = "See, edit, share and permanently delete all your calendars",
        [CalendarReadOnly] = "See and download any calendar you can access",
        [Events] = "View and edit events on all your calendars",
        [EventsReadOnly] = "View events on all your calendars",
        [CalendarList] = "See, add and remove calendars you are subscribed to",
        [CalendarListReadOnly] = "See the list of calendars you are subscribed to",
        [Calendars] = "See and change the properties of your calendars",
        [CalendarsReadOnly] = "See the title, description and zone of your calendars",
        [FreeBusy] = "View your availability",
    };

    /// <summary>True for scopes that the user cannot untick.</summary>
    internal static bool IsIdentity(string scope) => Identity.Contains(scope, StringComparer.Ordinal);

    internal static bool IsKnown(string scope) => IsIdentity(scope) || Sentences.ContainsKey(scope);

    /// <summary>What the consent page says about a scope.</summary>
    internal static string Sentence(string scope) => Sentences.GetValueOrDefault(scope, scope);
}

using System.Xml.Linq;

namespace CalendarActors.Providers.CalDav;

/// <summary>The XML names that are spoken: WebDAV (RFC 4918), its principals and sync, CalDAV (RFC 4791), Apple's.</summary>
internal static class DavNames
{
    public static readonly XNamespace Dav = "DAV:";
    public static readonly XNamespace CalDav = "urn:ietf:params:xml:ns:caldav";
    public static readonly XNamespace CalendarServer = "http://calendarserver.org/ns/";
    public static readonly XNamespace Apple = "http://apple.com/ns/ical/";

    public static readonly XName Href = Dav + "href";
    public static readonly XName ResourceType = Dav + "resourcetype";
    public static readonly XName DisplayName = Dav + "displayname";
    public static readonly XName GetEtag = Dav + "getetag";
    public static readonly XName SyncToken = Dav + "sync-token";
    public static readonly XName CurrentUserPrincipal = Dav + "current-user-principal";
    public static readonly XName PrivilegeSet = Dav + "current-user-privilege-set";
    public static readonly XName SupportedReports = Dav + "supported-report-set";
    public static readonly XName ValidSyncToken = Dav + "valid-sync-token";

    public static readonly XName Calendar = CalDav + "calendar";
    public static readonly XName CalendarData = CalDav + "calendar-data";
    public static readonly XName CalendarHomeSet = CalDav + "calendar-home-set";
    public static readonly XName UserAddresses = CalDav + "calendar-user-address-set";
    public static readonly XName Components = CalDav + "supported-calendar-component-set";
    public static readonly XName CalendarTimezone = CalDav + "calendar-timezone";
    public static readonly XName CalendarTimezoneId = CalDav + "calendar-timezone-id";
    public static readonly XName DefaultCalendar = CalDav + "schedule-default-calendar-URL";
    public static readonly XName NoUidConflict = CalDav + "no-uid-conflict";

    public static readonly XName CTag = CalendarServer + "getctag";
    public static readonly XName CalendarColor = Apple + "calendar-color";
}

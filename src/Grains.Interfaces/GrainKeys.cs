using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Grains.Interfaces;

/// <summary>Builds and recognizes the key of every grain. No key is built or taken apart anywhere else.</summary>
/// <remarks>
/// Every key has a prefix with a letter that is no hex digit: AdoNet storage folds keys that look like numbers, hex or
/// GUIDs into each other.
/// </remarks>
public static class GrainKeys
{
    /// <summary>Applications; also the client id on the wire.</summary>
    public const string ApplicationPrefix = "app_";

    /// <summary>Authorization requests.</summary>
    public const string RequestPrefix = "req_";

    /// <summary>Requests for elevated permissions.</summary>
    public const string PermissionRequestPrefix = "prm_";

    /// <summary>Persons; never on the wire.</summary>
    public const string PersonPrefix = "per_";

    /// <summary>Grants; the account id on the wire.</summary>
    public const string GrantPrefix = "acc_";

    /// <summary>Grants of application calendars.</summary>
    public const string ApplicationCalendarGrantPrefix = "apc_";

    /// <summary>Connections; the profile id on the wire.</summary>
    public const string ConnectionPrefix = "pro_";

    /// <summary>Calendars.</summary>
    public const string CalendarPrefix = "cal_";

    /// <summary>Channels; also their id on the wire.</summary>
    public const string ChannelPrefix = "chn_";

    /// <summary>What applications subscribed to of a calendar's events; never on the wire.</summary>
    public const string TriggerPrefix = "trg_";

    /// <summary>Calls about events; never on the wire.</summary>
    public const string TriggerCallPrefix = "dlv_";

    /// <summary>Bookable events; never on the wire.</summary>
    public const string BookableEventPrefix = "bke_";

    /// <summary>Holds; never on the wire.</summary>
    public const string HoldPrefix = "hld_";

    /// <summary>Uploaded files; also their id on the wire.</summary>
    public const string AttachmentPrefix = "att_";

    private const int HashLength = 24;

    /// <summary>A new application's key.</summary>
    /// <param name="random">10 random bytes or more.</param>
    public static string Application(ReadOnlySpan<byte> random) => ApplicationPrefix + Hex(random);

    /// <summary>A new client secret's id, which is no grain's key.</summary>
    /// <param name="random">8 random bytes or more.</param>
    public static string Secret(ReadOnlySpan<byte> random) => "sec_" + Hex(random);

    /// <summary>A new authorization request's key.</summary>
    /// <param name="random">16 random bytes or more.</param>
    public static string Request(ReadOnlySpan<byte> random) => RequestPrefix + Hex(random);

    /// <summary>A new key of a request for elevated permissions.</summary>
    /// <param name="random">16 random bytes or more.</param>
    public static string PermissionRequest(ReadOnlySpan<byte> random) => PermissionRequestPrefix + Hex(random);

    /// <summary>A new person's key.</summary>
    /// <param name="random">16 random bytes or more.</param>
    public static string Person(ReadOnlySpan<byte> random) => PersonPrefix + Hex(random);

    /// <summary>The person who stands behind an application calendar.</summary>
    public static string ApplicationCalendarPerson(DerivedKeys keys, string clientId, string applicationCalendarId) =>
        PersonPrefix + "apc" + Hash(keys, "person", clientId, applicationCalendarId);

    /// <summary>The grant of one person to one application.</summary>
    public static string Grant(DerivedKeys keys, string clientId, string personId) =>
        GrantPrefix + Hash(keys, "grant", clientId, personId);

    /// <summary>The grant of an application calendar.</summary>
    public static string ApplicationCalendarGrant(DerivedKeys keys, string clientId, string applicationCalendarId) =>
        ApplicationCalendarGrantPrefix + Hash(keys, "application calendar", clientId, applicationCalendarId);

    /// <summary>The connection of one login: the same login gives the same key for ever.</summary>
    public static string Connection(DerivedKeys keys, string providerName, string issuer, string subject) =>
        ConnectionPrefix + Hash(keys, "connection", providerName, issuer, subject);

    /// <summary>One calendar seen through one connection.</summary>
    public static string Calendar(DerivedKeys keys, string connectionId, string providerCalendarId) =>
        CalendarPrefix + connectionId[ConnectionPrefix.Length..] + "_" + Hash(keys, "calendar", connectionId, providerCalendarId)[..12];

    /// <summary>A new channel's key.</summary>
    /// <param name="random">12 random bytes: the vendor's have 24 hex digits.</param>
    public static string Channel(ReadOnlySpan<byte> random) => ChannelPrefix + Hex(random);

    /// <summary>What applications subscribed to of a calendar's events.</summary>
    public static string Trigger(string calendarId) => TriggerPrefix + calendarId[CalendarPrefix.Length..];

    /// <summary>The calendar whose events they are.</summary>
    public static string CalendarOfTrigger(string key) => CalendarPrefix + key[TriggerPrefix.Length..];

    /// <summary>One call about one event: the same address, moment and event give the same key for ever.</summary>
    /// <param name="keys">Makes it.</param>
    /// <param name="calendarId"><c>cal_…</c>.</param>
    /// <param name="clientId"><c>app_…</c>.</param>
    /// <param name="eventId">The application's own id.</param>
    /// <param name="address">Who is called.</param>
    /// <param name="moment">What it is about: the transition and when it was due.</param>
    public static string TriggerCall(
        DerivedKeys keys, string calendarId, string clientId, string eventId, string address, string moment) =>
        TriggerCallPrefix + Hash(keys, "trigger call", calendarId, clientId, eventId, address, moment);

    /// <summary>A bookable event: the same id of the same application gives the same key for ever.</summary>
    /// <param name="keys">Makes it.</param>
    /// <param name="clientId"><c>app_…</c>.</param>
    /// <param name="eventId">The application's own id.</param>
    public static string BookableEvent(DerivedKeys keys, string clientId, string eventId) =>
        BookableEventPrefix + Hash(keys, "bookable event", clientId, eventId);

    /// <summary>A hold: the same id of the same application gives the same key for ever.</summary>
    /// <param name="keys">Makes it.</param>
    /// <param name="clientId"><c>app_…</c>.</param>
    /// <param name="holdId">The application's own id.</param>
    public static string Hold(DerivedKeys keys, string clientId, string holdId) => HoldPrefix + Hash(keys, "hold", clientId, holdId);

    /// <summary>A new uploaded file's key.</summary>
    /// <param name="random">12 random bytes: the vendor's have 24 hex digits.</param>
    public static string Attachment(ReadOnlySpan<byte> random) => AttachmentPrefix + Hex(random);

    /// <summary>True for a key that an uploaded file may have.</summary>
    public static bool IsAttachment(string? key) => HasForm(key, AttachmentPrefix);

    /// <summary>True for the key of what applications subscribed to.</summary>
    public static bool IsTrigger(string? key) => HasForm(key, TriggerPrefix);

    /// <summary>True for the key of a grant, of a person or of an application calendar.</summary>
    public static bool IsGrant(string? key) =>
        HasForm(key, GrantPrefix) || HasForm(key, ApplicationCalendarGrantPrefix);

    /// <summary>True for the key of an application calendar's grant.</summary>
    public static bool IsApplicationCalendarGrant(string? key) => HasForm(key, ApplicationCalendarGrantPrefix);

    /// <summary>True for a key that a calendar may have. Says nothing about whether there is one.</summary>
    public static bool IsCalendar(string? key) => HasForm(key, CalendarPrefix);

    /// <summary>True for a key that a connection may have.</summary>
    public static bool IsConnection(string? key) => HasForm(key, ConnectionPrefix);

    /// <summary>True for a key that a channel may have.</summary>
    public static bool IsChannel(string? key) => HasForm(key, ChannelPrefix);

    /// <summary>True for a key that an application may have.</summary>
    public static bool IsApplication(string? key) => HasForm(key, ApplicationPrefix);

    /// <summary>True for a key that a request for elevated permissions may have.</summary>
    public static bool IsPermissionRequest(string? key) => HasForm(key, PermissionRequestPrefix);

    /// <summary>True for a key that an authorization request may have.</summary>
    public static bool IsRequest(string? key) => HasForm(key, RequestPrefix);

    private static bool HasForm(string? key, string prefix) =>
        key is not null && key.Length > prefix.Length && key.Length <= 80
        && key.StartsWith(prefix, StringComparison.Ordinal)
        && key.AsSpan(prefix.Length).IndexOfAnyExcept(KeyCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> KeyCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    private static string Hash(DerivedKeys keys, params ReadOnlySpan<string> parts)
    {
        // Lengths go in as well, so that no two lists of parts read alike.
        StringBuilder text = new();
        foreach (string part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return Hex(HMACSHA256.HashData(keys.Ids.Span, Encoding.UTF8.GetBytes(text.ToString())))[..HashLength];
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}

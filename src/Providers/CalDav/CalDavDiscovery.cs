using System.Collections.Immutable;
using System.Xml.Linq;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.ICalendar;
using CalendarActors.Providers.Outbound;

namespace CalendarActors.Providers.CalDav;

/// <summary>Finds a person's principal, calendar homes and calendars (RFC 6764, RFC 5397, RFC 4791 section 6.2.1).</summary>
/// <remarks>
/// 1. Ask each likely address who we are, until one knows. 2. Ask the principal for its homes, unless the first answer
/// said so. 3. List each home. Three requests where the first address is the right one.
/// </remarks>
internal sealed class CalDavDiscovery(OutboundHttp http, TimeProvider time)
{
    private const int MaxHomes = 4;
    private const int MaxCalendars = 500;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(8);

    private static readonly ProviderFault NoAddress =
        new(ProviderFaultKind.NotAProvider, "No server address was given and none can be told from the login name.");

    private static readonly XName[] PrincipalProperties =
        [DavNames.CurrentUserPrincipal, DavNames.CalendarHomeSet, DavNames.UserAddresses, DavNames.ResourceType];

    /// <summary>What a listing of calendars asks for.</summary>
    internal static readonly ImmutableArray<XName> CalendarProperties =
    [
        DavNames.ResourceType, DavNames.DisplayName, DavNames.Components, DavNames.PrivilegeSet,
        DavNames.CalendarTimezone, DavNames.CalendarTimezoneId, DavNames.CalendarColor, DavNames.DefaultCalendar,
    ];

    /// <summary>Who the login is, and its calendars.</summary>
    public async Task<ProviderResult<ProviderAccount>> FindAsync(ProviderAccess access, CancellationToken cancellationToken)
    {
        (CalDavPrincipal? principal, ProviderFault? fault) = await FindPrincipalAsync(access, cancellationToken);
        if (principal is null)
        {
            return fault!;
        }

        List<DavRow> rows = [];
        foreach (Uri home in principal.Homes.Take(MaxHomes))
        {
            DavResult listed = await principal.Client.PropfindAsync(home, 1, "listing calendars", cancellationToken, [.. CalendarProperties]);
            if (!listed.IsAnswered || !listed.Answer.IsMultistatus)
            {
                return listed.Fault ?? FaultOf(listed.Answer!, "listing calendars", principal.Client);
            }

            rows.AddRange(listed.Answer.Rows);
        }

        return new ProviderAccount(
            principal.Address.GetLeftPart(UriPartial.Authority),
            principal.Address.AbsolutePath,
            access.UserName!,
            principal.Email,
            access with { Server = principal.Address },
            CalendarsOf(rows));
    }

    /// <summary>Who the login is; or why that cannot be told.</summary>
    public async Task<(CalDavPrincipal? Principal, ProviderFault? Fault)> FindPrincipalAsync(
        ProviderAccess access, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(access.UserName) || access.UserName.Contains(':', StringComparison.Ordinal))
        {
            // Basic authentication cannot carry such a name (RFC 7617 section 2).
            return (null, new ProviderFault(ProviderFaultKind.AuthDead, "A login name is needed, without a colon."));
        }

        ProviderFault fault = NoAddress;
        foreach (Uri candidate in CalDavAddresses.Candidates(access))
        {
            (CalDavPrincipal? principal, ProviderFault? failed) = await AskAsync(access, candidate, cancellationToken);
            if (principal is not null || failed!.Kind is ProviderFaultKind.AuthDead or ProviderFaultKind.Throttled)
            {
                return (principal, failed);
            }

            // Of several failures the first that may heal says most; a well-known address that is missing says nothing.
            fault = ReferenceEquals(fault, NoAddress) || fault.Kind != ProviderFaultKind.Transient ? failed : fault;
        }

        return (null, fault);
    }

    /// <summary>A row of a listing as a calendar; null when it is none that holds events.</summary>
    public static ProviderCalendar? CalendarOf(DavRow row, bool isPrimary)
    {
        if (row[DavNames.ResourceType]?.Element(DavNames.Calendar) is null
            || (row[DavNames.Components] is { } components
                && components.HasElements
                && !components.Elements(DavNames.CalDav + "comp").Any(c => (string?)c.Attribute("name") == "VEVENT")))
        {
            return null;
        }

        Uri address = DavPath.Collection(row.Address);
        return new ProviderCalendar(
            address.AbsoluteUri,
            row.Text(DavNames.DisplayName) ?? Uri.UnescapeDataString(address.Segments[^1].TrimEnd('/')),
            IsReadOnly(row[DavNames.PrivilegeSet]),
            isPrimary,
            ZoneOf(row),
            CssColors.ToHex(row.Text(DavNames.CalendarColor)));
    }

    /// <summary>The zone that a calendar's properties name; null when they name none.</summary>
    public static string? ZoneOf(DavRow row)
    {
        if (row.Text(DavNames.CalendarTimezoneId) is { } id && Domain.Time.ZoneIds.Resolve(id) is { } zone)
        {
            return zone;
        }

        return row.Text(DavNames.CalendarTimezone) is { } text && CalendarText.Parse(text) is { } calendar
            ? ZoneLookup.OfDefinition(calendar)
            : null;
    }

    private async Task<(CalDavPrincipal? Principal, ProviderFault? Fault)> AskAsync(
        ProviderAccess access, Uri candidate, CancellationToken cancellationToken)
    {
        var client = new DavClient(http, time, access, candidate) { Timeout = RequestTimeout };
        DavResult asked = await client.PropfindAsync(candidate, 0, "finding the server", cancellationToken, PrincipalProperties);
        if (!asked.IsAnswered)
        {
            return (null, asked.Fault);
        }

        if (!asked.Answer.IsMultistatus || asked.Answer.Self is not { } self)
        {
            return (null, RegistrableDomain.IsSame(candidate, asked.Answer.Response.Address)
                ? FaultOf(asked.Answer, "finding the server", client)
                : new ProviderFault(ProviderFaultKind.NotAProvider, "The address leads to a server of another owner: give that server's own address."));
        }

        // The place that answered is the server from here on.
        client = new DavClient(http, time, access, asked.Answer.Response.Address) { Timeout = RequestTimeout };
        Uri? address = self.Link(DavNames.CurrentUserPrincipal);
        if (address is null && self.Links(DavNames.CalendarHomeSet).FirstOrDefault() is null)
        {
            bool isRefused = self[DavNames.CurrentUserPrincipal]?.Element(DavNames.Dav + "unauthenticated") is not null;
            return (null, isRefused
                ? new ProviderFault(ProviderFaultKind.AuthDead, "The server did not take the login.")
                : new ProviderFault(ProviderFaultKind.NotAProvider, "The address speaks WebDAV but names no principal."));
        }

        address = DavPath.Collection(address ?? self.Address);
        if (!self.Links(DavNames.CalendarHomeSet).Any())
        {
            asked = await client.PropfindAsync(address, 0, "reading the principal", cancellationToken, PrincipalProperties);
            if (!asked.IsAnswered || !asked.Answer.IsMultistatus || asked.Answer.Self is not { } own)
            {
                return (null, asked.Fault ?? FaultOf(asked.Answer!, "reading the principal", client));
            }

            self = own;
        }

        ImmutableArray<Uri> homes = [.. self.Links(DavNames.CalendarHomeSet).Select(DavPath.Collection).Distinct()];
        return homes.IsEmpty
            ? (null, new ProviderFault(ProviderFaultKind.NotAProvider, "The server speaks WebDAV but has no calendars for this login."))
            : (new CalDavPrincipal(client, address, homes, MailOf(self)), null);
    }

    // What is not an answer about the login or the day is one about the address.
    private static ProviderFault FaultOf(DavAnswer answer, string stage, DavClient client)
    {
        ProviderFault fault = DavFaults.From(answer, stage, client.Now);
        return fault.Kind is ProviderFaultKind.AuthDead or ProviderFaultKind.Throttled || answer.Status >= 500
            ? fault
            : new ProviderFault(ProviderFaultKind.NotAProvider, $"{stage}: the address answered {answer.Status}, not as a CalDAV server.");
    }

    private static ImmutableArray<ProviderCalendar> CalendarsOf(List<DavRow> rows)
    {
        DavRow[] calendars = [.. rows.DistinctBy(r => r.Path, StringComparer.Ordinal).Where(r => CalendarOf(r, false) is not null).Take(MaxCalendars)];
        Uri? preferred = rows.Select(r => r.Link(DavNames.DefaultCalendar)).OfType<Uri>().FirstOrDefault();
        DavRow? primary = Array.Find(calendars, r => preferred is not null && r.Path.TrimEnd('/') == preferred.AbsolutePath.TrimEnd('/'))
            ?? Array.Find(calendars, r => !IsReadOnly(r[DavNames.PrivilegeSet]))
            ?? calendars.FirstOrDefault();
        return [.. calendars.Select(r => CalendarOf(r, ReferenceEquals(r, primary))!)];
    }

    // Without the property nobody knows: a write will tell.
    private static bool IsReadOnly(XElement? privileges) =>
        privileges is { HasElements: true }
        && !privileges.Elements(DavNames.Dav + "privilege").Elements()
            .Any(p => p.Name == DavNames.Dav + "all" || p.Name == DavNames.Dav + "write"
                || p.Name == DavNames.Dav + "write-content" || p.Name == DavNames.Dav + "bind");

    /// <summary>The mail address among a principal's addresses; null when there is none.</summary>
    internal static string? MailOf(DavRow principal) => (principal[DavNames.UserAddresses]?.Elements(DavNames.Href) ?? [])
        .OrderByDescending(h => (string?)h.Attribute("preferred") == "1")
        .Select(h => h.Value.Trim())
        .Where(h => h.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        .Select(h => Uri.UnescapeDataString(h[7..]))
        .FirstOrDefault(EventContentReader.IsMail);
}

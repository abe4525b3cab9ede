using CalendarActors.Domain.Providers;
using CalendarActors.Providers.ICalendar;
using Microsoft.Graph.Models;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Who a login is and which calendars it has.</summary>
internal sealed class GraphCalendars(GraphSession session)
{
    private const int MaxCalendars = 5_000;
    private const int MaxNames = 5;

    /// <summary>Finds both.</summary>
    /// <param name="access">The login.</param>
    /// <param name="issuer">Who vouches for it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ProviderResult<ProviderAccount>> FindAsync(
        ProviderAccess access, string issuer, CancellationToken cancellationToken)
    {
        ProviderResult<User> me = await session.AskAsync(
            "reading who it is",
            (client, token) => client.Me.GetAsync(
                request => request.QueryParameters.Select = ["id", "userPrincipalName", "mail"], token),
            cancellationToken);
        if (!me.IsSuccess)
        {
            return me.Fault;
        }

        ProviderResult<CalendarListing> listed = await ListAsync(cancellationToken);
        if (!listed.IsSuccess)
        {
            return listed.Fault;
        }

        // A personal account's principal name is an invention ("outlook_0123@outlook.com"); its mail address is not.
        string? mail = me.Value.Mail is { Length: > 0 } address ? address : null;
        string? principal = me.Value.UserPrincipalName is { Length: > 0 } name ? name : null;
        if (me.Value.Id is not { Length: > 0 } id || (mail ?? principal) is not { } profile)
        {
            return new ProviderFault(ProviderFaultKind.Transient, "reading who it is: Graph says nobody.");
        }

        return new ProviderAccount(
            issuer,
            id,
            profile,
            mail ?? (EventContentReader.IsMail(profile) ? profile : null),
            access,
            listed.Value.Calendars!.Value);
    }

    /// <summary>Lists the calendars; Graph cannot say what changed in the list.</summary>
    public async Task<ProviderResult<CalendarListing>> ListAsync(CancellationToken cancellationToken)
    {
        ProviderResult<List<Calendar>> read = await ReadAsync(cancellationToken);
        if (!read.IsSuccess)
        {
            return read.Fault;
        }

        string? first = (read.Value.Find(c => c.IsDefaultCalendar == true) ?? read.Value.FirstOrDefault())?.Id;
        return new CalendarListing([.. read.Value.Select(c => Read(c, c.Id == first))], Next: null);
    }

    /// <summary>Makes a calendar.</summary>
    public async Task<ProviderResult<ProviderCalendar>> CreateAsync(
        string name, string? color, CancellationToken cancellationToken)
    {
        // Exchange takes each name once; the caller does not mind what it is called.
        ProviderFault? fault = null;
        for (int number = 1; number <= MaxNames; number++)
        {
            ProviderResult<Calendar> made = await session.AskAsync(
                "making a calendar",
                (client, token) => client.Me.Calendars.PostAsync(
                    new Calendar
                    {
                        Name = number == 1 ? name : $"{name} ({number})",
                        Color = color is null ? null : GraphColors.Nearest(color),
                    },
                    cancellationToken: token),
                cancellationToken);
            if (made.IsSuccess)
            {
                return made.Value.Id is { Length: > 0 }
                    ? Read(made.Value, isPrimary: false)
                    : new ProviderFault(ProviderFaultKind.Transient, "making a calendar: Graph does not say which it is.");
            }

            fault = made.Fault;
            if (fault.Kind != ProviderFaultKind.Conflict)
            {
                return fault;
            }
        }

        return new ProviderFault(ProviderFaultKind.Rejected, "making a calendar: all names like it are taken.");
    }

    private static ProviderCalendar Read(Calendar calendar, bool isPrimary) => new(
        calendar.Id!,
        calendar.Name is { Length: > 0 } name ? name : "Calendar",
        IsReadOnly: calendar.CanEdit != true,
        isPrimary,
        ZoneId: null,
        CssColors.ToHex(calendar.HexColor) ?? GraphColors.Hex(calendar.Color));

    private async Task<ProviderResult<List<Calendar>>> ReadAsync(CancellationToken cancellationToken)
    {
        List<Calendar> calendars = [];
        ProviderFault? fault = await session.PagesAsync(
            "listing calendars",
            (client, link, token) => link is null
                ? client.Me.Calendars.GetAsync(
                    request =>
                    {
                        request.QueryParameters.Select = ["id", "name", "color", "hexColor", "isDefaultCalendar", "canEdit"];
                        request.QueryParameters.Top = 100;
                    },
                    token)
                : client.Me.Calendars.WithUrl(link).GetAsync(cancellationToken: token),
            page => page.OdataNextLink,
            page =>
            {
                calendars.AddRange((page.Value ?? []).Where(c => c.Id is { Length: > 0 }));
                return calendars.Count <= MaxCalendars;
            },
            cancellationToken);
        return fault is null ? calendars.DistinctBy(c => c.Id, StringComparer.Ordinal).ToList() : fault;
    }
}

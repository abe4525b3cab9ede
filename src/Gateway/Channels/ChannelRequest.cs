using System.Collections.Immutable;
using CalendarActors.Domain.Channels;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces;

namespace CalendarActors.Gateway.Channels;

/// <summary>A channel as an application asks for it.</summary>
/// <param name="CallbackUrl">Checked.</param>
/// <param name="Filter">Its calendars are keys that calendars may have; whose they are, the grant says.</param>
internal sealed record ChannelRequest(string CallbackUrl, ChannelFilter Filter)
{
    // As many calendars as one person may want to name.
    private const int MaxCalendars = 500;

    /// <summary>Reads one; null when there are faults.</summary>
    public static ChannelRequest? Read(RequestField root, RequestFaults faults)
    {
        RequestField address = root["callback_url"];
        string? callbackUrl = address.Require() ? address.Text(CallbackAddresses.MaxLength) : null;
        if (callbackUrl is not null && CallbackAddresses.ProblemOf(callbackUrl) is { } problem)
        {
            address.Fault(FieldKeys.InvalidFormat, problem);
        }

        ChannelFilter filter = ReadFilter(root["filters"]);
        return faults.Any ? null : new ChannelRequest(callbackUrl!, filter);
    }

    private static ChannelFilter ReadFilter(RequestField filters)
    {
        // An empty list is what one library makes of an empty map.
        if (filters.IsEmptyList || !filters.ExpectObject())
        {
            return ChannelFilter.None;
        }

        return new ChannelFilter(ReadCalendars(filters["calendar_ids"]), filters["only_managed"].Flag() ?? false);
    }

    private static ImmutableArray<string> ReadCalendars(RequestField field)
    {
        if (field.Items(MaxCalendars) is not { } items)
        {
            return [];
        }

        if (items.Count == 0)
        {
            field.Fault(FieldKeys.Required, "must have at least one entry");
        }

        List<string> ids = [];
        foreach (RequestField item in items)
        {
            string? id = item.Text(128);
            if (id is not null && !GrainKeys.IsCalendar(id))
            {
                field.Fault("errors.invalid_calendar_ids", "One or more of the calendar IDs provided was invalid");
                break;
            }

            ids.Add(id ?? "");
        }

        return [.. ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}

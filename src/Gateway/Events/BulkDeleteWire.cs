using System.Collections.Immutable;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Events;

/// <summary>Deleting all of an application's own events: <c>delete_all</c> or <c>calendar_ids</c>, never both.</summary>
/// <remarks>One of the vendor's libraries puts them into the query and sends <c>{}</c>; what the body says wins.</remarks>
internal static class BulkDeleteWire
{
    private const int MaxIds = 500;
    private const int MaxId = 80;

    public static ApiDescription Description { get; } = new(
        "Events",
        "Delete all of the application's own events",
        "Either delete_all: true, or calendar_ids with at least one, in the body or in the query. Accepted means stored: "
        + "they are gone from every answer at once and then from the provider, however many there are. Events that others "
        + "made are never touched. 423 when the login of a calendar that has some does not work: name the other calendars. "
        + "Needs delete_event.",
        StatusCodes.Status202Accepted)
    {
        Query =
        [
            new("delete_all", "boolean", "As in the body, which wins."),
            new("calendar_ids[]", "array", "As in the body, which wins."),
        ],
        Body = """{ "delete_all": true }""",
        BodySchema = EventSchemas.BulkDeletion,
        Failures = [400, 403, 422, 423],
    };

    public static async Task RunAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        ImmutableArray<string> calendarIds = Read(root, call.Request.Query, faults);
        await (faults.Any
            ? call.RefuseAsync(faults)
            : call.AcceptAsync(await call.Grant.DeleteManaged(call.TokenHash, calendarIds, CancellationToken.None)));
    }

    /// <summary>The calendars; empty for all. Only to be used when nothing was wrong.</summary>
    internal static ImmutableArray<string> Read(RequestField root, IQueryCollection parameters, RequestFaults faults)
    {
        QueryFields query = new(parameters, faults);
        RequestField all = root["delete_all"];
        bool saysAll = all.IsGiven || query.Text("delete_all") is not null;
        ImmutableArray<string>? ids = Ids(root["calendar_ids"], query);
        if (saysAll == ids is not null)
        {
            faults.Add("delete_all", FieldKeys.Required, "either delete_all or calendar_ids must be given");
            return [];
        }

        if (saysAll)
        {
            bool? value = all.IsGiven ? all.Flag() : Flags.Parse(query.Text("delete_all"));
            if (value is not true && !faults.Any)
            {
                faults.Add("delete_all", FieldKeys.MustBeBoolean, "must be a boolean value, either true or false");
            }

            return [];
        }

        if (ids!.Value.IsEmpty && !faults.Any)
        {
            faults.Add("calendar_ids", FieldKeys.Required, "at least one must be given");
        }

        return ids.Value;
    }

    private static ImmutableArray<string>? Ids(RequestField field, QueryFields query)
    {
        if (!field.IsGiven)
        {
            return query.List("calendar_ids") is { IsEmpty: false } listed ? listed : null;
        }

        return field.Items(MaxIds) is { } items
            ? [.. items.Select(item => item.Require() ? item.Text(MaxId) : null).OfType<string>().Distinct(StringComparer.Ordinal)]
            : [];
    }
}

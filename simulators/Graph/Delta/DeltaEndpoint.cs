using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Events;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Graph.Time;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Graph.Delta;

/// <summary><c>GET .../calendarView/delta</c>.</summary>
internal static class DeltaEndpoint
{
    private const int PageSizeUnasked = 50;

    // 1. start a round, or go on with one; 2. refuse tokens that lost their worth; 3. serve a page of the round's rows;
    // 4. link to the next page, or to the round after.
    public static JsonObject Get(GraphCall call, CalendarFolder calendar)
    {
        ODataQuery query = call.Query;
        query.Refuse("$select", "$filter", "$expand", "$orderby", "$top", "$skip");
        string? text = query["$skiptoken"] ?? query["$deltatoken"];
        DeltaToken token = text is null ? First(call, calendar) : DeltaToken.Read(text);
        RefuseIfGone(call, calendar, token);
        if (query["$deltatoken"] is not null)
        {
            long after = Hits(call, DeltaFaults.Replay) ? Math.Max(0, token.After - 5) : token.After;
            token = token with { After = after, UpTo = Math.Max(token.After, calendar.Log.ReadableAt(call.Now)) };
        }

        int size = call.Preferences.PageSize ?? PageSizeUnasked;
        var shape = new EventShape(call.Mailbox, call.Preferences, query);
        JsonObject[] rows = [.. DeltaFeed.Rows(calendar, token, shape, call.Preferences.ImmutableIds)];
        JsonObject[] page = Hits(call, DeltaFaults.EmptyPage) ? [] : [.. rows.Skip(token.Offset).Take(size)];
        int next = token.Offset + page.Length;
        bool more = next < rows.Length || Hits(call, DeltaFaults.EmptyPage);
        var answer = new JsonObject
        {
            ["@odata.context"] = $"{call.Graph}/$metadata#Collection(event)",
        };
        string path = $"{call.Graph}/me/calendars/{calendar.Id}/calendarView/delta";
        if (more)
        {
            answer["@odata.nextLink"] = $"{path}?$skiptoken={(token with { Offset = next }).Write()}";
        }
        else
        {
            answer["@odata.deltaLink"] = $"{path}?$deltatoken={(token with { After = token.UpTo, Offset = 0 }).Write()}";
        }

        answer["value"] = new JsonArray([.. Spoil(call, page, rows, token.Offset)]);
        return answer;
    }

    private static DeltaToken First(GraphCall call, CalendarFolder calendar)
    {
        Window window = Window.Parse(call.Query["startDateTime"], call.Query["endDateTime"]);
        return new(
            calendar.Id,
            window.Start.ToUnixTimeTicks(),
            window.End.ToUnixTimeTicks(),
            -1,
            calendar.Log.ReadableAt(call.Now),
            0,
            calendar.Log.Generation);
    }

    private static void RefuseIfGone(GraphCall call, CalendarFolder calendar, DeltaToken token)
    {
        if (Hits(call, DeltaFaults.GoneAsBadRequest))
        {
            throw new GraphFailure(400, "syncStateNotFound", "The sync state generation is not found.");
        }

        bool isGone = token.Generation != calendar.Log.Generation
            || (token.After >= 0 && token.After < calendar.Log.OldestHonored)
            || Hits(call, DeltaFaults.Gone);
        if (token.Calendar != calendar.Id)
        {
            throw new GraphFailure(400, "SyncStateInvalid", "The sync state is of another calendar.");
        }

        if (isGone)
        {
            string start = Uri.EscapeDataString(NodaTime.Instant.FromUnixTimeTicks(token.Start).ToString());
            string end = Uri.EscapeDataString(NodaTime.Instant.FromUnixTimeTicks(token.End).ToString());
            throw new GraphFailure(410, "SyncStateNotFound", "The sync state generation is not found; generation=0;")
            {
                Location = $"{call.Graph}/me/calendars/{calendar.Id}/calendarView/delta?startDateTime={start}&endDateTime={end}",
            };
        }
    }

    private static IEnumerable<JsonNode> Spoil(GraphCall call, JsonObject[] page, JsonObject[] rows, int offset)
    {
        IEnumerable<JsonObject> spoiled = page;
        if (Hits(call, DeltaFaults.MastersMissing))
        {
            spoiled = page.Where(static row => (string?)row["type"] != "seriesMaster");
        }

        if (Hits(call, DeltaFaults.Repeat))
        {
            spoiled = offset == 0 ? page.Concat(page) : rows.Skip(Math.Max(0, offset - 3)).Take(Math.Min(3, offset)).Concat(page);
        }

        return spoiled.Select(static row => row.DeepClone());
    }

    private static bool Hits(GraphCall call, string seam) => SimulatorHost.Hits(call.Context, seam);
}

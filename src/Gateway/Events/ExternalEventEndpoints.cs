using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;
using CalendarActors.Gateway.Accounts;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Events;

/// <summary>Writing events that are not the application's own: changing, deleting, answering.</summary>
internal static class ExternalEventEndpoints
{
    private const int MaxUid = 255;

    public static void MapExternalEventEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapApi(
            HttpMethods.Post,
            "/v1/calendars/{calendar_id}/events/{event_uid}/participation_status",
            AnswerAsync).Describe(EventDescription.Respond);

    /// <summary>When both ids are given, the application's own wins.</summary>
    public static bool IsNamedBy(RequestField root) => !root["event_id"].IsGiven && root["event_uid"].IsGiven;

    /// <summary>Changes what is there: an event of that uid is never made.</summary>
    public static async Task ChangeAsync(ApiCall call, RequestField root, RequestFaults faults)
    {
        string? uid = Uid(root);
        EventChange? change = EventChangeWire.Read(root, faults);
        if (root["recurrence"].IsGiven)
        {
            root["recurrence"].Fault(FieldKeys.NotSupported, "an event named by its uid cannot be made a series");
        }

        if (change is not null && !change.Subscriptions.Or([]).IsEmpty)
        {
            root["subscriptions"].Fault(FieldKeys.NotSupported, "only events of the application's own can be subscribed to");
        }

        if (change is not null && !change.AttachmentIds.Or([]).IsEmpty)
        {
            root["attachments"].Fault(FieldKeys.NotSupported, "only events of the application's own can have attachments");
        }

        await (faults.Any || uid is null || change is null
            ? call.RefuseAsync(faults)
            : WriteAsync(call, uid, change, answer: null, AskedAccount.In(root)));
    }

    /// <summary>Deletes it.</summary>
    public static async Task DeleteAsync(ApiCall call, RequestField root, RequestFaults faults)
    {
        string? uid = Uid(root);
        await (faults.Any || uid is null ? call.RefuseAsync(faults) : WriteAsync(call, uid, null, null, AskedAccount.In(root)));
    }

    private static async Task AnswerAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        RequestField status = root["status"];
        ParticipationStatus? answer = !status.Require() ? null : status.Text(64) switch
        {
            "accepted" => ParticipationStatus.Accepted,
            "tentative" => ParticipationStatus.Tentative,
            "declined" => ParticipationStatus.Declined,
            _ => null,
        };
        if (answer is null && !faults.Any)
        {
            status.Fault(FieldKeys.NotRecognized, "must be accepted, tentative or declined");
        }

        await (faults.Any
            ? call.RefuseAsync(faults)
            : WriteAsync(call, call.Route("event_uid"), null, answer, asksUserInfo: false));
    }

    private static Task WriteAsync(
        ApiCall call, string uid, EventChange? change, ParticipationStatus? answer, bool asksUserInfo) =>
        AskedAccount.AcceptAsync(call, asksUserInfo, () => call.Grant.ChangeExternalEvent(
            call.TokenHash,
            new ExternalEventWrite(call.Route("calendar_id"), uid, change, answer),
            CancellationToken.None));

    private static string? Uid(RequestField root)
    {
        RequestField field = root["event_uid"];
        if (field.Text(MaxUid) is not { } uid)
        {
            return null;
        }

        if (!uid.StartsWith(HappeningIds.Prefix, StringComparison.Ordinal))
        {
            field.Fault(FieldKeys.MustBeExternalUid, "event uid must be a valid external event uid");
        }

        return uid;
    }
}

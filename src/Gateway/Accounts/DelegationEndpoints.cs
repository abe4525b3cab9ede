using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Accounts;

/// <summary>The vendor's ways to calendars of people who never logged in here. Refused, each with why and what to do instead.</summary>
internal static class DelegationEndpoints
{
    private const int MaxId = 250;

    public static void MapDelegationEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(HttpMethods.Post, "/v1/service_account_authorizations", AuthorizeServiceAccountAsync)
            .Describe(DelegationDescription.ServiceAccount);
        routes.MapApi(HttpMethods.Get, "/v1/resources", call => RefuseServiceAccountAsync(call, new RequestFaults()))
            .Describe(DelegationDescription.Resources);
        routes.MapApi(HttpMethods.Get, "/v1/accessible_calendars", ListAccessibleAsync)
            .Describe(DelegationDescription.Accessible);
        routes.MapApi(HttpMethods.Post, "/v1/delegated_authorizations", AuthorizeDelegateAsync)
            .Describe(DelegationDescription.Delegated);
    }

    private static async Task AuthorizeServiceAccountAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        DelegationWire.CheckServiceAccount(root);
        await RefuseServiceAccountAsync(call, faults);
    }

    private static async Task RefuseServiceAccountAsync(ApiCall call, RequestFaults faults) => await (faults.Any
        ? call.RefuseAsync(faults)
        : call.AnswerAsync(await call.Grant.Account(call.TokenHash, CancellationToken.None), static (context, _) =>
            ApiErrors.Forbidden(
                context,
                "service_accounts_not_supported",
                "This service connects people by their own login and has no service accounts of organizations. Send each "
                + "person, or whoever looks after a room, to /oauth/authorize.")));

    private static async Task ListAccessibleAsync(ApiCall call)
    {
        RequestFaults faults = new();
        string? profileId = new QueryFields(call.Request.Query, faults).Text("profile_id");
        if (profileId is null)
        {
            faults.Add("profile_id", FieldKeys.Required, "required");
            await call.RefuseAsync(faults);
            return;
        }

        await WithProfileAsync(call, profileId, static context => JsonAnswer.SendAsync(
            context, StatusCodes.Status200OK, "accessible_calendars", static (json, name) =>
            {
                json.WriteStartObject();
                json.WriteStartArray(name);
                json.WriteEndArray();
                json.WriteEndObject();
            }));
    }

    private static async Task AuthorizeDelegateAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        string? profileId = root["profile_id"].Require() ? root["profile_id"].Text(MaxId) : null;
        DelegationWire.CheckAuthorization(root);
        if (faults.Any)
        {
            await call.RefuseAsync(faults);
            return;
        }

        await WithProfileAsync(call, profileId!, static context => ApiErrors.Forbidden(
            context,
            "delegated_access_not_supported",
            "Calendars that others share with this person are in /v1/calendars already; this service reaches no further ones "
            + "through a person's login. Send whoever has the calendar to /oauth/authorize."));
    }

    private static async Task WithProfileAsync(ApiCall call, string profileId, Func<HttpContext, Task> answer) =>
        await call.AnswerAsync(
            await call.Grant.Account(call.TokenHash, CancellationToken.None),
            (context, view) => AccountWire.ProfilesOf(view).Any(p => p.ConnectionId == profileId)
                ? answer(context)
                : ApiErrors.NotFound(context));
}

using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces;

namespace CalendarActors.Gateway.Accounts;

/// <summary>Tokens by which an application has a person's next login joined to the account that it has already.</summary>
internal static class LinkTokenEndpoint
{
    private static readonly ApiDescription Description = new(
        "Account",
        "Get a token that links the next profile to this account",
        "Put it into link_token of /oauth/authorize: whoever connects there joins this account, whatever the browser "
        + "remembers. It is good once and for five minutes, for the application that got it. There is none for an "
        + "application calendar.",
        StatusCodes.Status200OK)
    {
        Answer = """{ "link_token": "lt_0a1b2c3d_acc_0123456789abcdef01234567.AbC123" }""",
        AnswerSchema = AccountSchemas.LinkToken,
        Failures = [403],
    };

    public static void MapLinkTokenEndpoint(this IEndpointRouteBuilder routes) =>
        routes.MapApi(HttpMethods.Post, "/v1/link_tokens", IssueAsync).Describe(Description);

    /// <summary>It takes nothing, so the body is not even read: some libraries send an empty list.</summary>
    private static async Task IssueAsync(ApiCall call)
    {
        if (GrainKeys.IsApplicationCalendarGrant(call.Grant.GetPrimaryKeyString()))
        {
            await call.AnswerAsync(
                await call.Grant.Account(call.TokenHash, CancellationToken.None),
                static (context, _) => ApiErrors.Forbidden(
                    context, "application_calendar", "An application calendar is nobody's account: no profile can be linked to it."));
            return;
        }

        await call.AnswerAsync(await call.Grant.IssueLink(call.TokenHash, CancellationToken.None), static (context, issued) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return JsonAnswer.SendAsync(context, StatusCodes.Status200OK, issued, static (json, value) =>
            {
                json.WriteStartObject();
                json.WriteString("link_token", value.LinkToken);
                json.WriteEndObject();
            });
        });
    }
}

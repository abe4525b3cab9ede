using System.Net;
using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CalendarActors.Simulators.Graph.OAuth;

/// <summary><c>/{tenant}/oauth2/v2.0/authorize</c>: the page that asks for consent, and its answer.</summary>
internal sealed class AuthorizeEndpoint(World world)
{
    private static readonly string[] Carried =
        ["client_id", "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method", "response_mode", "scope"];

    public async Task AnswerAsync(HttpContext context, string tenant)
    {
        HttpRequest request = context.Request;
        bool isAnswer = HttpMethods.IsPost(request.Method);
        IFormCollection? form = isAnswer ? await request.ReadFormAsync(context.RequestAborted) : null;
        var asked = Carried.ToDictionary(
            static name => name, name => (form is null ? request.Query[name] : form[name]).ToString(), StringComparer.Ordinal);
        if (Problem(asked, form is null ? request.Query["response_type"].ToString() : "code") is { } problem)
        {
            // The address to go back to cannot be trusted, so that the browser stays here.
            await Html.PageAsync(context, "Sign in", $"<h1>Sorry, but we’re having trouble signing you in.</h1><p>{Html.Text(problem)}</p>", 400);
            return;
        }

        if (form is null)
        {
            await Html.PageAsync(context, "Permissions requested", ConsentForm(asked, tenant, request.Query["login_hint"].ToString()));
            return;
        }

        await AnswerAsync(context, tenant, asked, form);
    }

    private async Task AnswerAsync(HttpContext context, string tenant, Dictionary<string, string> asked, IFormCollection form)
    {
        if (form["answer"] != "accept")
        {
            Return(
                context,
                asked,
                ("error", "access_denied"),
                ("error_subcode", "cancel"),
                ("error_description", "AADSTS65004: User declined to consent to access the app."));
            return;
        }

        string? code = null;
        GraphUser? user;
        lock (world.Gate)
        {
            user = world.Mailboxes.FirstOrDefault(mailbox => mailbox.User.Id == form["user"].ToString())?.User;
            if (user is not null && Tenants.Admits(tenant, user))
            {
                var grant = new Grant(user, asked["client_id"], [.. form["granted"].Select(static scope => scope ?? "")]);
                code = world.Tokens.IssueCode(grant, asked["redirect_uri"], Blank(asked["code_challenge"]), Blank(asked["nonce"]));
            }
        }

        if (code is not null)
        {
            Return(context, asked, ("code", code), ("session_state", "simulated"));
            return;
        }

        string problem = $"AADSTS50020: User account '{user?.Email}' from identity provider does not exist in tenant '{tenant}' "
            + $"and cannot access the application '{asked["client_id"]}' in that tenant.";
        await Html.PageAsync(context, "Sign in", $"<h1>Sorry, but we’re having trouble signing you in.</h1><p>{Html.Text(problem)}</p>", 400);
    }

    private static string? Problem(Dictionary<string, string> asked, string responseType) =>
        asked["client_id"].Length == 0 ? "AADSTS900144: The request body must contain the following parameter: 'client_id'."
        : !Uri.TryCreate(asked["redirect_uri"], UriKind.Absolute, out _) ? "AADSTS50011: The redirect URI specified in the request is not valid."
        : responseType != "code" ? "AADSTS70011: Only the response type 'code' is simulated."
        : asked["scope"].Length == 0 ? "AADSTS900144: The request body must contain the following parameter: 'scope'."
        : asked["code_challenge"].Length > 0 && asked["code_challenge_method"] != "S256" ? "AADSTS501491: Only the code challenge method S256 is simulated."
        : null;

    private string ConsentForm(Dictionary<string, string> asked, string tenant, string hint)
    {
        string hidden = string.Concat(Carried.Select(name =>
            $"<input type=\"hidden\" name=\"{name}\" value=\"{Html.Text(asked[name])}\">"));
        string users;
        lock (world.Gate)
        {
            users = string.Concat(world.Mailboxes.Select((mailbox, index) => UserChoice(mailbox, IsChosen(mailbox, index, hint))));
        }

        string scopes = string.Concat(asked["scope"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static scope =>
            $"<label><input type=\"checkbox\" name=\"granted\" value=\"{Html.Text(scope)}\" checked> {Html.Text(scope)}</label>"));
        return $"""
            <h1>Permissions requested</h1>
            <p>This is a simulator. No real account is involved. The application <code>{Html.Text(asked["client_id"])}</code> asks for:</p>
            <form method="post" action="/{WebUtility.UrlEncode(tenant)}/oauth2/v2.0/authorize">
            {hidden}
            <fieldset><legend>Account</legend>{users}</fieldset>
            <fieldset><legend>Permissions</legend>{scopes}</fieldset>
            <button name="answer" value="accept">Accept</button>
            <button name="answer" value="cancel">Cancel</button>
            </form>
            """;
    }

    private bool IsChosen(Mailbox mailbox, int index, string hint) =>
        world.Mailboxes.Any(one => one.User.Email == hint) ? mailbox.User.Email == hint : index == 0;

    private static string UserChoice(Mailbox mailbox, bool isChosen) =>
        $"<label><input type=\"radio\" name=\"user\" value=\"{Html.Text(mailbox.User.Id)}\"{(isChosen ? " checked" : "")}> "
        + $"{Html.Text(mailbox.User.DisplayName)} ({Html.Text(mailbox.User.Email)})</label>";

    private static void Return(HttpContext context, Dictionary<string, string> asked, params (string Name, string Value)[] answer)
    {
        var query = answer.ToDictionary(static pair => pair.Name, static pair => (string?)pair.Value, StringComparer.Ordinal);
        if (asked["state"].Length > 0)
        {
            query["state"] = asked["state"];
        }

        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = QueryHelpers.AddQueryString(asked["redirect_uri"], query);
    }

    private static string? Blank(string text) => text.Length == 0 ? null : text;
}

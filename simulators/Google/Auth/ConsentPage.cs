using System.Text;
using CalendarActors.Simulators.Google.Pages;
using CalendarActors.Simulators.Google.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CalendarActors.Simulators.Google.Auth;

/// <summary>
/// The page where the user says who they are and what they allow: a form without script whose fields are <c>user</c>,
/// <c>scope</c> (one checkbox each) and <c>decision</c> (<c>allow</c> or <c>deny</c>).
/// </summary>
internal sealed class ConsentPage(GoogleState state)
{
    public GoogleReply Show(HttpContext context)
    {
        var (question, error) = AuthorizationQuestion.Read(context.Request.Query, state.Options);
        if (question is null)
        {
            return Blocked(error!);
        }

        return question.Prompt == "none"
            ? GoogleReply.Redirect(Back(question, ("error", "interaction_required")))
            : GoogleReply.Page(Form(question, context.Request));
    }

    public GoogleReply Decide(HttpContext context, IFormCollection form)
    {
        var (question, error) = AuthorizationQuestion.Read(context.Request.Query, state.Options);
        if (question is null)
        {
            return Blocked(error!);
        }

        string email = form["user"].FirstOrDefault() ?? "";
        if (form["decision"] != "allow")
        {
            return GoogleReply.Redirect(Back(question, ("error", "access_denied")));
        }

        if (!state.Users.ContainsKey(email))
        {
            return Blocked("Error 400: Choose an account.");
        }

        // Only what was asked can be granted, whatever the form says.
        var granted = question.Scopes
            .Where(scope => GoogleScopes.IsIdentity(scope) || form["scope"].Contains(scope, StringComparer.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        if (granted.Count == 0)
        {
            return GoogleReply.Redirect(Back(question, ("error", "access_denied")));
        }

        AuthorizationCode code = state.Grants.Allow(
            email, granted, question.RedirectUri, question.Challenge, question.ChallengeMethod,
            question.IsOffline, question.IsConsentForced, question.IncludesGranted);
        return GoogleReply.Redirect(Back(
            question, ("code", code.Text), ("scope", string.Join(' ', code.Scopes)), ("authuser", "0"), ("prompt", question.Prompt ?? "none")));
    }

    private static string Back(AuthorizationQuestion question, params (string Name, string Value)[] parameters)
    {
        Dictionary<string, string?> query = parameters.ToDictionary(one => one.Name, one => (string?)one.Value, StringComparer.Ordinal);
        if (question.State is { } given)
        {
            query["state"] = given;
        }

        return QueryHelpers.AddQueryString(question.RedirectUri, query);
    }

    private static GoogleReply Blocked(string error) =>
        GoogleReply.Page(Html.Page("Access blocked", $"<h1>Access blocked: this request is invalid</h1><p>{Html.Text(error)}</p>"), 400);

    private string Form(AuthorizationQuestion question, HttpRequest request)
    {
        var body = new StringBuilder();
        body.Append("<p class=\"note\">Simulated Google: no real account is asked.</p><h1>Choose an account and what to allow</h1>");
        body.Append($"<form method=\"post\" action=\"{Html.Text(request.Path + request.QueryString)}\">");
        body.Append("<fieldset><legend>Account</legend>");
        string chosen = state.Users.ContainsKey(question.LoginHint ?? "") ? question.LoginHint! : state.Users.Keys.FirstOrDefault() ?? "";
        foreach (GoogleUser user in state.Users.Values)
        {
            string isChosen = string.Equals(user.Email, chosen, StringComparison.OrdinalIgnoreCase) ? " checked" : "";
            body.Append($"<label><input type=\"radio\" name=\"user\" value=\"{Html.Text(user.Email)}\"{isChosen}> {Html.Text(user.Name)}, {Html.Text(user.Email)}</label>");
        }

        body.Append("</fieldset><fieldset><legend>The application wants to</legend>");
        foreach (string scope in question.Scopes.Where(scope => !GoogleScopes.IsIdentity(scope)))
        {
            body.Append($"<label><input type=\"checkbox\" name=\"scope\" value=\"{Html.Text(scope)}\" checked> {Html.Text(GoogleScopes.Sentence(scope))}</label>");
        }

        body.Append("</fieldset><button name=\"decision\" value=\"allow\">Allow</button>");
        body.Append("<button class=\"plain\" name=\"decision\" value=\"deny\">Deny</button></form>");
        return Html.Page("Sign in, simulated Google", body.ToString());
    }
}

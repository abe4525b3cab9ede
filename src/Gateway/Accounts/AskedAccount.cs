using System.Text.Json;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Accounts;

/// <summary>What <c>/v1/userinfo</c> says inside the answer of another call, where <c>include_userinfo</c> asks for it.</summary>
internal static class AskedAccount
{
    private const string Name = "include_userinfo";

    private static readonly JsonEncodedText UserInfo = JsonEncodedText.Encode("userinfo");

    public static bool In(RequestField root) => root[Name].Flag() ?? false;

    public static bool In(IQueryCollection query, RequestFaults faults) => new QueryFields(query, faults).Flag(Name);

    /// <summary>202 for a write: with a body where it is asked for, else empty.</summary>
    /// <remarks>The account is read first: once a write is accepted, nothing may go wrong any more.</remarks>
    public static async Task AcceptAsync(ApiCall call, bool isAsked, Func<Task<GrantAnswer<Done>>> write)
    {
        if (!isAsked)
        {
            await call.AcceptAsync(await write());
            return;
        }

        GrantAnswer<AccountView> account = await call.Grant.Account(call.TokenHash, CancellationToken.None);
        await (account.Value is { } view
            ? call.AnswerAsync(await write(), (context, _) => JsonAnswer.SendAsync(
                context, StatusCodes.Status202Accepted, view, static (json, known) =>
                {
                    json.WriteStartObject();
                    WriteIfAny(json, known);
                    json.WriteEndObject();
                }))
            : ApiErrors.SendAsync(call.Context, account.Outcome, account.Errors));
    }

    /// <summary>Answers a read, with the account where it is asked for.</summary>
    public static async Task AnswerAsync<T>(
        ApiCall call, bool isAsked, GrantAnswer<T> answer, Func<HttpContext, T, AccountView?, Task> send)
        where T : class
    {
        GrantAnswer<AccountView>? account = isAsked && answer.Outcome is GrantOutcome.Ok
            ? await call.Grant.Account(call.TokenHash, CancellationToken.None)
            : null;
        await (account is { Outcome: not GrantOutcome.Ok } refused
            ? ApiErrors.SendAsync(call.Context, refused.Outcome, refused.Errors)
            : call.AnswerAsync(answer, (context, value) => send(context, value, account?.Value)));
    }

    /// <summary>Into an object that is open.</summary>
    public static void WriteIfAny(Utf8JsonWriter json, AccountView? view)
    {
        if (view is not null)
        {
            json.WritePropertyName(UserInfo);
            AccountWire.WriteUserInfo(json, view);
        }
    }
}

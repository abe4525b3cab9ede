using System.Collections.Immutable;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Api;

/// <summary>One call of the API by whoever holds an access token. What the token is good for, its grant decides.</summary>
/// <remarks>
/// Grain calls do not end when the caller hangs up: a read is soon done, and a write that was begun is better finished
/// than left in doubt.
/// </remarks>
internal sealed class ApiCall(HttpContext context, string clientId, IGrantGrain grant, ImmutableArray<byte> tokenHash)
{
    public HttpContext Context => context;

    /// <summary>The application that the token was issued to.</summary>
    public string ClientId => clientId;

    public HttpRequest Request => context.Request;

    public IGrantGrain Grant => grant;

    public ImmutableArray<byte> TokenHash => tokenHash;

    /// <summary>A part of the path.</summary>
    public string Route(string name) => (string?)context.Request.RouteValues[name] ?? "";

    /// <summary>The same caller, asking for something else.</summary>
    public ApiCall For(HttpContext other) => new(other, clientId, grant, tokenHash);

    /// <summary>Answers a value, or with why there is none.</summary>
    public Task AnswerAsync<T>(GrantAnswer<T> answer, Func<HttpContext, T, Task> send)
        where T : class =>
        answer is { Outcome: GrantOutcome.Ok, Value: { } value }
            ? send(context, value)
            : ApiErrors.SendAsync(context, answer.Outcome, answer.Errors);

    /// <summary>202 without a body, or why not.</summary>
    public Task AcceptAsync(GrantAnswer<Done> answer) => AnswerAsync(answer, static (context, _) =>
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    });

    /// <summary>422. Whose token is no longer good learns that first: it is the one thing to mend.</summary>
    public async Task RefuseAsync(RequestFaults faults)
    {
        GrantAnswer<AccountView> known = await grant.Account(tokenHash, CancellationToken.None);
        await (known.Outcome is GrantOutcome.Ok
            ? ApiErrors.SendAsync(context, GrantOutcome.Invalid, faults.Errors)
            : ApiErrors.SendAsync(context, known.Outcome, []));
    }
}

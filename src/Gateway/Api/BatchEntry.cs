using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Api;

/// <summary>One entry of a batch: a request by itself, with the endpoint that it would reach by itself.</summary>
internal sealed record BatchEntry(
    string Method, PathString Path, QueryString Query, RouteValueDictionary Values, ParsedBody Body, Func<ApiCall, Task> Endpoint)
{
    /// <summary>What must happen in the order given; empty for what concerns no calendar.</summary>
    public string CalendarId => Values.TryGetValue("calendar_id", out object? id) ? (string?)id ?? "" : "";

    /// <summary>An entry whose answer is known without looking further.</summary>
    public static BatchEntry Answering(Func<ApiCall, Task> answer) =>
        new(HttpMethods.Get, "/", QueryString.Empty, [], ParsedBody.Empty, answer);

    /// <summary>Runs it as the call that it is.</summary>
    public async Task<BatchAnswer> RunAsync(ApiCall whole, ApiGate gate)
    {
        using MemoryStream answer = new();
        DefaultHttpContext context = new()
        {
            RequestServices = whole.Context.RequestServices,
            RequestAborted = whole.Context.RequestAborted,

            // A fault of this entry is found in the log under the id that the caller gets.
            TraceIdentifier = whole.Context.TraceIdentifier,
        };
        context.Request.Method = Method;
        context.Request.Path = Path;
        context.Request.QueryString = Query;
        context.Request.RouteValues = Values;
        context.Features.Set(Body);
        context.Response.Body = answer;
        await gate.RunPartAsync(whole.For(context), Endpoint);
        return BatchAnswer.Of(context.Response, answer.ToArray());
    }
}

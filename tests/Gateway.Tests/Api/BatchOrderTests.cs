using System.Text;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CalendarActors.Gateway.Tests.Api;

/// <summary>What a batch does at the same time, and what it does not.</summary>
public sealed class BatchOrderTests
{
    [Fact]
    public async Task Entries_OfTwoCalendars_RunAtTheSameTimeAndThoseOfOneInTheirOrder()
    {
        TaskCompletionSource other = new();
        List<string> log = [];
        BatchEntry[] entries =
        [
            Entry("a", async () =>
            {
                // Ends only when the other calendar's entry has run, which is behind two of this one.
                await other.Task.WaitAsync(TimeSpan.FromSeconds(30));
                log.Add("a1");
            }),
            Entry("a", () =>
            {
                log.Add("a2");
                return Task.CompletedTask;
            }),
            Entry("b", () =>
            {
                log.Add("b1");
                other.SetResult();
                return Task.CompletedTask;
            }),
        ];

        BatchAnswer[] answers = await new BatchEndpoint(null!, Gate(), null!).RunAsync(Call(), entries);

        Assert.Equal(["b1", "a1", "a2"], log);
        Assert.Equal([200, 200, 200], answers.Select(a => a.Status));
    }

    [Fact]
    public async Task Entry_WhenItsEndpointFails_DoesNotTouchTheOthers()
    {
        BatchEntry[] entries =
        [
            Entry("a", () => throw new InvalidOperationException("A bug.")),
            Entry("a", () => throw new TimeoutException()),
            Entry("a", () => Task.CompletedTask),
        ];

        BatchAnswer[] answers = await new BatchEndpoint(null!, Gate(), null!).RunAsync(Call(), entries);

        Assert.Equal([500, 503, 200], answers.Select(a => a.Status));
        Assert.Contains("trace-1", Encoding.UTF8.GetString(answers[0].Data), StringComparison.Ordinal);
    }

    private static BatchEntry Entry(string calendar, Func<Task> run) => new(
        "POST", "/", QueryString.Empty, new RouteValueDictionary { ["calendar_id"] = calendar }, ParsedBody.Empty, _ => run());

    private static ApiGate Gate() => new(null!, null!, null!, null!, NullLogger<ApiGate>.Instance);

    private static ApiCall Call() => new(new DefaultHttpContext { TraceIdentifier = "trace-1" }, "app_1", null!, []);
}

using System.Net;
using CalendarActors.Simulators.Graph;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>The sandbox and its page, as a newcomer uses them.</summary>
public sealed class GraphSandboxTests
{
    [Fact]
    public async Task Page_WhenFormsAreSent_ChangesTheCalendar()
    {
        await using GraphSimulator sandbox = await GraphSandbox.StartAsync(0, new FakeTimeProvider(GraphScene.Noon));
        string calendar = sandbox.CalendarsOf(sandbox.Users[0])[0].Id;
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: true) { BaseAddress = sandbox.Authority };

        string page = await http.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.SeeOther, await SendAsync(http, ("action", "add"), ("calendar", calendar), ("summary", "<New>"), ("start", "2026-11-26T07:00"), ("minutes", "30")));
        string id = (string)sandbox.TrueEvents(calendar).Single(static one => (string?)one["subject"] == "<New>")["id"]!;
        Assert.Equal(HttpStatusCode.SeeOther, await SendAsync(http, ("action", "move"), ("calendar", calendar), ("event", id), ("start", "2026-11-27T07:00")));
        var moved = sandbox.TrueEvents(calendar).Single(one => (string?)one["id"] == id);
        string changed = await http.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.SeeOther, await SendAsync(http, ("action", "delete"), ("calendar", calendar), ("event", id)));

        Assert.Contains("Grace (sandbox)", page, StringComparison.Ordinal);
        Assert.Contains("Planning (moved)", page, StringComparison.Ordinal);
        Assert.Contains("Offsite", page, StringComparison.Ordinal);
        Assert.Equal(("2026-11-27T07:00:00.0000000", "2026-11-27T07:30:00.0000000"), ((string?)moved["start"]!["dateTime"], (string?)moved["end"]!["dateTime"]));
        Assert.Contains("&lt;New&gt;", changed, StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.TrueEvents(calendar), one => (string?)one["id"] == id);
    }

    [Fact]
    public async Task Page_WhenAFormIsWrong_SaysSoAndChangesNothing()
    {
        await using GraphSimulator sandbox = await GraphSandbox.StartAsync(0, new FakeTimeProvider(GraphScene.Noon));
        string calendar = sandbox.CalendarsOf(sandbox.Users[0])[0].Id;
        int before = sandbox.TrueEvents(calendar).Count;
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: true) { BaseAddress = sandbox.Authority };

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(http, ("action", "add"), ("calendar", calendar), ("summary", "x"), ("start", "soon"), ("minutes", "30")));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(http, ("action", "delete"), ("calendar", "none"), ("event", "none")));

        Assert.Equal(before, sandbox.TrueEvents(calendar).Count);
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient http, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)));
        using HttpResponseMessage answer = await http.PostAsync(new Uri("/", UriKind.Relative), form);
        return answer.StatusCode;
    }
}

using System.Net;
using System.Text.Json;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Providers;
using NodaTime;

namespace CalendarActors.Gateway.Tests.Api;

/// <summary>A person in a browser of their own, an application of theirs, and events that somebody else put there.</summary>
internal sealed class ExternalScene : IDisposable
{
    private static int _count;

    private ExternalScene(GatewayHost host, string userName, InMemoryCalendar remote, TestApplication application)
    {
        UserName = userName;
        Remote = remote;
        Application = application;
        Browser = host.NewBrowser();
    }

    public string UserName { get; }

    public InMemoryCalendar Remote { get; }

    public TestApplication Application { get; }

    public TestBrowser Browser { get; }

    public ApiCaller Caller { get; private set; } = null!;

    public string CalendarId { get; private set; } = "";

    public string Events => $"/v1/calendars/{CalendarId}/events";

    public static async Task<ExternalScene> OpenAsync(GatewayHost host, string scope = "read_write")
    {
        string userName = $"external{Interlocked.Increment(ref _count)}@example.test";
        InMemoryCalendar remote = host.AddLogin(userName);
        ExternalScene scene = new(host, userName, remote, await host.RegisterAsync(name: "Planner & Co"));
        remote.Put(Event("plain", "Plain"));
        remote.Put(Event("meeting", "Meeting") is var meeting
            ? meeting with
            {
                Master = meeting.Master! with
                {
                    Content = meeting.Master.Content with
                    {
                        Organizer = new Organizer("boss@example.test", null),
                        Attendees = [new Attendee(userName.ToUpperInvariant(), null, ParticipationStatus.NeedsAction)],
                    },
                },
            }
            : meeting);
        remote.Put(Event("series", "Series") with { Rules = [new RecurrenceRule { Frequency = RecurrenceFrequency.Daily, Count = 2 }] });
        string code = await scene.Browser.AllowAsync(scene.Application, scope, userName: userName);
        using HttpResponseMessage response = await host.TokenAsync(
            scene.Application, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", scene.Application.RedirectUri));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        scene.Caller = new ApiCaller(host, scene.Application, await ApiCaller.ReadAsync(response));
        scene.CalendarId = await scene.Caller.CalendarIdAsync();
        await Eventually.HoldsAsync(async () => (await scene.ReadAsync()).Count == 4);
        return scene;
    }

    public Task<List<JsonElement>> ReadAsync() => Caller.GetAllAsync("/v1/events?tzid=Etc/UTC&include_managed=true", "events");

    /// <summary>The first event of a title.</summary>
    public async Task<JsonElement> EventAsync(string summary) =>
        (await ReadAsync()).First(e => e.GetProperty("summary").GetString() == summary);

    public async Task<string> UidAsync(string summary) => (await EventAsync(summary)).GetProperty("event_uid").GetString()!;

    public async Task<string> OptionsAsync(string summary) => (await EventAsync(summary)).GetProperty("options").GetRawText();

    public object Raise(string level = "unrestricted") => new
    {
        permissions = new[] { new { calendar_id = CalendarId, permission_level = level } },
        redirect_uri = Application.RedirectUri,
    };

    /// <summary>Asks, and gives back where to send the person.</summary>
    public async Task<string> AskAsync()
    {
        using HttpResponseMessage response = await Caller.SendAsync(HttpMethod.Post, "/v1/permissions", ApiCaller.Json(Raise()));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await ApiCaller.ReadAsync(response)).GetProperty("permissions_request").GetProperty("url").GetString()!;
    }

    /// <summary>Asks, and the person allows it.</summary>
    public async Task AllowAsync()
    {
        string url = await AskAsync();
        await Browser.OpenAsync(url);
        await Browser.SendAsync($"{url}?handler=allow");
        Assert.Equal(HttpStatusCode.SeeOther, Browser.Status);
    }

    public async Task<string> LevelAsync() => (await Caller.GetAsync("/v1/calendars")).GetProperty("calendars").EnumerateArray()
        .Single(c => c.GetProperty("calendar_id").GetString() == CalendarId).GetProperty("permission_level").GetString()!;

    public void Dispose() => Browser.Dispose();

    private static CalendarObject Event(string uid, string summary) => new EventChange
    {
        Start = CalendarTime.Utc(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) + Duration.FromDays(2)),
        End = CalendarTime.Utc(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) + Duration.FromDays(2) + Duration.FromHours(1)),
        Summary = summary,
    }.ApplyTo(null, uid);
}

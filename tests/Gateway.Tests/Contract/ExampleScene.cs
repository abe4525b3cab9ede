using System.Net.Http.Headers;
using System.Text.Json;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit;
using NodaTime;

namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>A person, an application and events, by which the examples of the document come true.</summary>
internal sealed class ExampleScene
{
    /// <summary>With the example's own event, which is the first, more than a page of busy times; and some free ones.</summary>
    private const int BusyEvents = 100;
    private const int FreeEvents = 3;

    private static readonly string[] Kept =
    [
        "/v1/availability_rules", "/v1/available_periods", "/v1/holds", "/v1/bookable_events", "/v1/bookable_events/class-42/registrations",
    ];

    private static int _scenes;

    private readonly GatewayHost _host;
    private readonly Dictionary<string, string> _texts;
    private readonly Dictionary<string, string> _parts;

    private ExampleScene(GatewayHost host, ApiCaller caller, Dictionary<string, string> texts, Dictionary<string, string> parts)
    {
        (_host, Caller, _texts, _parts) = (host, caller, texts, parts);
    }

    public ApiCaller Caller { get; }

    /// <summary>A person who granted everything, with the example's event in their calendar.</summary>
    public static async Task<ExampleScene> OpenAsync(GatewayHost host, string userName, bool withPages = false)
    {
        host.AddLogin(userName).Put(Invitation(userName));
        ApiCaller caller = await ApiCaller.GrantAsync(host, userName: userName);
        string profileId = (await caller.GetAsync("/v1/profiles")).GetProperty("profiles")[0].GetProperty("profile_id").GetString()!;
        string calendarId = await caller.CalendarIdAsync();

        // What stands in the examples, and what it is here.
        Dictionary<string, string> texts = new(StringComparer.Ordinal)
        {
            ["app_0123456789abcdef01234567"] = caller.Application.ClientId,
            ["cs_0123456789"] = caller.Application.Secret,
            ["rt_0123456789"] = caller.RefreshToken,
            ["acc_0123456789abcdef01234567"] = caller.Sub,
            ["pro_1a2b3c"] = profileId,
            ["cal_1a2b3c_4d5e6f"] = calendarId,
            ["https://app.example.com/permitted"] = caller.Application.RedirectUri,

            // Days that calendars are kept for; what one scene holds, another one of the same person cannot.
            ["2031-05-05"] = Days.Day(7),
            ["2031-05-06"] = Days.Day(7 + Interlocked.Increment(ref _scenes)),
        };

        // The parts of paths by their names.
        Dictionary<string, string> parts = new(StringComparer.Ordinal)
        {
            ["profile_id"] = profileId,
            ["calendar_id"] = calendarId,
            ["clientId"] = caller.Application.ClientId,
            ["availability_rule_id"] = "default",
            ["hold_id"] = "booking-42",
            ["bookable_event_id"] = "class-42",
            ["registration_id"] = "bill",
        };
        ExampleScene scene = new(host, caller, texts, parts);
        using HttpResponseMessage uploaded = await scene.SendAsync(host.Contract.Find("POST", "/v1/attachments")!);
        texts["att_0123456789abcdef01234567"] =
            (await ApiCaller.ReadAsync(uploaded)).GetProperty("attachment").GetProperty("attachment_id").GetString()!;
        using HttpResponseMessage written = await scene.SendAsync(host.Contract.Find("POST", $"/v1/calendars/{calendarId}/events")!);
        Assert.Equal(202, (int)written.StatusCode);
        await scene.ListenAsync(texts, parts);
        foreach (string path in Kept)
        {
            // A hold is not given before the person's calendars were read.
            string said = "";
            await Eventually.HoldsAsync(
                async () =>
                {
                    using HttpResponseMessage kept = await scene.SendAsync(host.Contract.Find("POST", path)!);
                    said = $"{path}: {await kept.Content.ReadAsStringAsync()}";
                    return kept.IsSuccessStatusCode;
                },
                otherwise: () => said);
        }

        if (withPages)
        {
            await scene.FillAsync(calendarId);
            parts["event_uid"] = await scene.InvitationUidAsync();
        }

        return scene;
    }

    /// <summary>Calls an operation with the example of its body and whatever it needs to be let in.</summary>
    public async Task<HttpResponseMessage> SendAsync(ContractOperation operation)
    {
        string? bearer = operation.Schemes.FirstOrDefault() switch
        {
            "accessToken" => Caller.AccessToken,
            "clientSecret" => Caller.Application.Secret,
            "operatorKey" => GatewayHost.OperatorKey,
            _ => null,
        };
        return await SendAsync(operation, bearer);
    }

    /// <summary>The same with a bearer token of one's own; null for none.</summary>
    public async Task<HttpResponseMessage> SendAsync(ContractOperation operation, string? bearer)
    {
        using HttpRequestMessage request = new(new HttpMethod(operation.Method), await TargetAsync(operation))
        {
            Content = operation.Body is { } body ? ApiCaller.Json(Live(body.GetRawText())) : null,
        };
        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        return await _host.Http.SendAsync(request);
    }

    private string Live(string example) =>
        _texts.Aggregate(example, (text, one) => text.Replace(one.Key, one.Value, StringComparison.Ordinal));

    private async Task<string> TargetAsync(ContractOperation operation)
    {
        List<string> path = [];
        foreach (string part in operation.Path.Split('/'))
        {
            path.Add(part.StartsWith('{') ? await PartAsync(operation, part.Trim('{', '}')) : part);
        }

        IEnumerable<string> query = operation.Element.TryGetProperty("parameters", out JsonElement parameters)
            ? parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() == "query").Select(one => one.GetProperty("name").GetString() switch
            {
                "tzid" => "tzid=Europe/Paris",
                "include_managed" => "include_managed=true",
                "profile_id" => $"profile_id={_parts["profile_id"]}",

                // The page that begins with the scene's own: others have nothing but calendars of applications.
                "after" when operation.Path == "/operator/connections" => $"after={_parts["profile_id"][..^1]}",
                { } name => one.TryGetProperty("required", out JsonElement required) && required.GetBoolean()
                    ? throw new InvalidOperationException($"Say here what {name} of {operation} is.")
                    : "",
                _ => "",
            }).Where(one => one.Length > 0)
            : [];
        return $"{string.Join('/', path)}?{string.Join('&', query)}".TrimEnd('?');
    }

    private async Task<string> PartAsync(ContractOperation operation, string name) => name switch
    {
        "cursor" => await CursorAsync(operation.Path.Contains("free_busy", StringComparison.Ordinal) ? "/v1/free_busy" : "/v1/events"),
        "secretId" => await SecretIdAsync(),
        _ => _parts.GetValueOrDefault(name) ?? throw new InvalidOperationException($"Say here what {{{name}}} of {operation} is."),
    };

    private async Task<string> CursorAsync(string path)
    {
        JsonElement first = await Caller.GetAsync($"{path}?tzid=Etc/UTC&include_managed=true");
        return first.GetProperty("pages").TryGetProperty("next_page", out JsonElement next) ? next.GetString()!.Split('/')[^1] : "none";
    }

    private async Task<string> InvitationUidAsync()
    {
        List<JsonElement> found = [];
        await Eventually.HoldsAsync(async () =>
        {
            found = await Caller.GetAllAsync("/v1/events?tzid=Etc/UTC", "events");
            return found.Count > 0;
        });
        return found[0].GetProperty("event_uid").GetString()!;
    }

    /// <summary>A meeting that somebody else called and the person has not answered.</summary>
    private static CalendarObject Invitation(string userName)
    {
        Instant soon = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) + Duration.FromDays(2);
        CalendarObject meeting = new EventChange
        {
            Start = CalendarTime.Utc(soon),
            End = CalendarTime.Utc(soon + Duration.FromHours(1)),
            Summary = "Meeting",
        }.ApplyTo(null, "meeting");
        return meeting with
        {
            Master = meeting.Master! with
            {
                Content = meeting.Master.Content with
                {
                    Organizer = new Organizer("boss@example.com", null),
                    Attendees = [new Attendee(userName, null, ParticipationStatus.NeedsAction)],
                },
            },
        };
    }

    /// <summary>A secret that is not the last.</summary>
    private async Task<string> SecretIdAsync()
    {
        if (!_parts.TryGetValue("secretId", out string? id))
        {
            using HttpResponseMessage response = await _host.OperateAsync(
                HttpMethod.Post, $"/operator/applications/{Caller.Application.ClientId}/secrets");
            id = _parts["secretId"] = (await ApiCaller.ReadAsync(response)).GetProperty("id").GetString()!;
        }

        return id;
    }

    /// <summary>The example's channel, and its first delivery, which fails: nobody listens there.</summary>
    private async Task ListenAsync(Dictionary<string, string> texts, Dictionary<string, string> parts)
    {
        using HttpResponseMessage made = await SendAsync(_host.Contract.Find("POST", "/v1/channels")!);
        string id = (await ApiCaller.ReadAsync(made)).GetProperty("channel").GetProperty("channel_id").GetString()!;
        texts["chn_0123456789abcdef01234567"] = parts["channel_id"] = id;
        await Eventually.HoldsAsync(async () => (await Caller.GetAsync($"/v1/channels/{id}/deliveries")).GetProperty("deliveries")
            .EnumerateArray().Any(delivery => delivery.TryGetProperty("next_attempt", out _)));
    }

    // The example's event begins before all of these.
    private Task FillAsync(string calendarId) => Task.WhenAll(Enumerable.Range(0, BusyEvents + FreeEvents).Select(number => Caller.WriteAsync(
        HttpMethod.Post,
        $"/v1/calendars/{calendarId}/events",
        number < BusyEvents
            ? new { event_id = $"busy-{number}", summary = "x", start = "2030-03-01T09:00:00Z", end = "2030-03-01T10:00:00Z" }
            : new { event_id = $"free-{number}", summary = "x", start = "2030-03-02", end = "2030-03-03" })));
}

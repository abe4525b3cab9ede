using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Gateway.Attachments;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Providers;
using Microsoft.Extensions.DependencyInjection;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Api;

/// <summary>Files from the upload to whoever opens the link in their calendar; how long they live is shown in Grains.Tests.</summary>
[Collection(OneGateway.Name)]
public sealed class AttachmentTests(GatewayHost host)
{
    private const string Name = "F\u00fc\u00dfe, plan.pdf";

    private static int _count;

    [Fact]
    public async Task File_UploadedAndAttached_IsOpenedByTheLinkInTheCalendar()
    {
        (ApiCaller caller, InMemoryCalendar home) = await GrantAsync();
        string path = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        JsonElement stored = (await UploadAsync(caller, Name, "application/PDF", "%PDF-1")).GetProperty("attachment");
        string id = stored.GetProperty("attachment_id").GetString()!;
        Assert.Matches("^att_[0-9a-f]{24}$", id);
        Assert.Equal(Name, stored.GetProperty("file_name").GetString());
        Assert.Equal("application/pdf", stored.GetProperty("content_type").GetString());
        Assert.Equal("7084ba8dbe6ec729c0b970cd585d07a2", stored.GetProperty("md5").GetString());

        await caller.WriteAsync(HttpMethod.Post, path, Event(id));
        AttachedFile file = await FileIn(home);

        Assert.Equal((Name, "application/pdf"), (file.FileName, file.ContentType));
        Assert.StartsWith($"{host.Address}attachments/{id}?key=af_", file.Url, StringComparison.Ordinal);
        using HttpResponseMessage opened = await host.Http.GetAsync(new Uri(file.Url));
        Assert.Equal("%PDF-1", await opened.Content.ReadAsStringAsync());
        Assert.Equal("application/pdf", opened.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", opened.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(Name, opened.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("private, no-store", string.Join(", ", opened.Headers.GetValues("Cache-Control").SelectMany(v => v.Split(", ")).Order().Reverse()));
        Assert.Equal("nosniff", opened.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", opened.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(opened.Headers.Contains("Set-Cookie"));
        using HttpResponseMessage head = await host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, file.Url));
        Assert.Equal((HttpStatusCode.OK, 6), (head.StatusCode, head.Content.Headers.ContentLength));

        string key = file.Url.Split("key=")[1];
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains(key, StringComparison.Ordinal) || line.Contains(Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Link_OnceTheEventLosesTheFileOrIsDeleted_Is404()
    {
        (ApiCaller caller, InMemoryCalendar home) = await GrantAsync();
        string path = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        string id = IdOf(await UploadAsync(caller));
        await caller.WriteAsync(HttpMethod.Post, path, Event(id));
        string url = (await FileIn(home)).Url;

        // Others of its fields change, and it stays.
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "e", summary = "y", start = At(1, "09:00"), end = At(1, "10:00") });
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(url));
        await caller.WriteAsync(HttpMethod.Post, path, Event());
        Assert.Equal(HttpStatusCode.NotFound, await OpenAsync(url));
        await caller.WriteAsync(HttpMethod.Post, path, Event(id));
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(url));
        await caller.WriteAsync(HttpMethod.Delete, path, new { event_id = "e" });
        Assert.Equal(HttpStatusCode.NotFound, await OpenAsync(url));
    }

    [Fact]
    public async Task Link_OnceTheGrantIsRevoked_Is404()
    {
        (ApiCaller caller, InMemoryCalendar home) = await GrantAsync();
        string id = IdOf(await UploadAsync(caller));
        await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{await caller.CalendarIdAsync()}/events", Event(id));
        string url = (await FileIn(home)).Url;
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(url));

        using HttpResponseMessage revoked = await host.Http.PostAsync("/oauth/token/revoke", GatewayHost.Form(
            [("client_id", caller.Application.ClientId), ("client_secret", caller.Application.Secret), ("token", caller.RefreshToken)]));
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, await OpenAsync(url));
    }

    [Fact]
    public async Task Link_ThatIsNotExactlyOurs_Is404()
    {
        (ApiCaller caller, InMemoryCalendar home) = await GrantAsync();
        string id = IdOf(await UploadAsync(caller)), other = IdOf(await UploadAsync(caller));
        await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{await caller.CalendarIdAsync()}/events", Event(id));
        string url = (await FileIn(home)).Url;

        foreach (string wrong in new[]
        {
            url[..^1] + (url[^1] == 'A' ? 'B' : 'A'), url.Split('?')[0], url.Split('?')[0] + "?key=", url + "&key=x", url.Replace(id, other, StringComparison.Ordinal),
            url.Replace(id, "att_%2e%2e", StringComparison.Ordinal), $"{host.Address}attachments/{id}?key={caller.AccessToken}",
            $"{host.Address}attachments/{id}?key={caller.Application.Secret}", $"{host.Address}attachments/",
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, await OpenAsync(wrong));
        }
    }

    [Fact]
    public async Task Attach_OfWhatIsAnothers_IsRefusedAndTheEventIsNotWritten()
    {
        (ApiCaller caller, _) = await GrantAsync();
        (ApiCaller other, _) = await GrantAsync();
        string own = IdOf(await UploadAsync(caller)), foreign = IdOf(await UploadAsync(other));

        (int status, string[] errors) = await caller.TryAsync(
            HttpMethod.Post, $"/v1/calendars/{await caller.CalendarIdAsync()}/events", Event(own, foreign, "att_000000000000000000000000"));

        Assert.Equal(422, status);
        Assert.Equal(["attachments[1].attachment_id errors.not_recognized", "attachments[2].attachment_id errors.not_recognized"], errors);
        Assert.Empty(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&include_managed=true", "events"));
    }

    [Fact]
    public async Task Attach_InAnApplicationCalendar_Works()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string calendarId = await caller.CalendarIdAsync();
        string id = IdOf(await UploadAsync(caller));
        await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{calendarId}/events", Event(id));

        // A native calendar shows its attachments nowhere, so its link is made here.
        Token token = AttachmentLinks.TokenOf(
            host.Services.GetRequiredService<CalendarActors.Domain.Secrets.DerivedKeys>(), id, caller.Application.ClientId, caller.Sub, calendarId);
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(AttachmentLinks.PathOf(id, token)));
        Assert.True((await caller.GetAsync("/v1/calendars")).GetProperty("calendars")[0].GetProperty("calendar_attachments_available").GetBoolean());
    }

    [Fact]
    public async Task Attach_WhereEventsCarryNone_IsRefusedAsTheCalendarSays()
    {
        string user = $"eve{Interlocked.Increment(ref _count)}@example.test";
        host.Subscribed.SetPassword(user, "unused");
        host.Subscribed.AddCalendar(user, "Work");
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application, "read_write");
        await browser.OpenAsync($"/connect/{browser.RequestId}/login?provider={ProviderNames.Office365}");
        string state = System.Web.HttpUtility.ParseQueryString(browser.Location.Query)["state"]!;
        await browser.OpenAsync($"/connect/callback?code={user}&state={Uri.EscapeDataString(state)}");
        await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=allow");
        using HttpResponseMessage exchanged = await host.TokenAsync(
            application, ("grant_type", "authorization_code"), ("code", browser.Answer("code")!), ("redirect_uri", application.RedirectUri));
        ApiCaller caller = new(host, application, await ApiCaller.ReadAsync(exchanged));
        JsonElement calendar = (await caller.GetAsync("/v1/calendars")).GetProperty("calendars")[0];
        string path = $"/v1/calendars/{calendar.GetProperty("calendar_id").GetString()}/events";
        string id = IdOf(await UploadAsync(caller));

        Assert.False(calendar.GetProperty("calendar_attachments_available").GetBoolean());
        Assert.Equal(["attachments errors.not_supported"], (await caller.TryAsync(HttpMethod.Post, path, Event(id))).Errors);
        Assert.Equal(202, (await caller.TryAsync(HttpMethod.Post, path, Event())).Status);
    }

    [Theory]
    [InlineData("""{}""", "attachment errors.required")]
    [InlineData("""{"attachment":[]}""", "attachment errors.must_be_object")]
    [InlineData("""{"attachment":{}}""", "attachment.file_name errors.required", "attachment.content_type errors.required", "attachment.base64_content errors.required")]
    [InlineData("""{"attachment":{"file_name":"../a.pdf","content_type":"text/html","base64_content":"%"}}""", "attachment.file_name errors.invalid_format", "attachment.content_type errors.not_recognized", "attachment.base64_content errors.invalid_format")]
    [InlineData("""{"attachment":{"file_name":"a.exe","content_type":"application/pdf","base64_content":""}}""", "attachment.file_name errors.invalid_format", "attachment.base64_content errors.required")]
    [InlineData("""{"attachment":{"file_name":"a.pdf","content_type":"application/pdf","base64_content":7}}""", "attachment.base64_content errors.must_be_string")]
    [InlineData("""{"attachment":{"file_name":"a.pdf","content_type":"application/pdf","base64_content":"eA=="},"subscriptions":[{"type":"webhook"}]}""", "subscriptions errors.not_supported")]
    public async Task Upload_ThatIsWrong_IsToldEverything(string body, params string[] errors)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        using HttpResponseMessage response = await SendAsync(caller.Application, ApiCaller.Json(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(errors, (await ApiCaller.ReadAsync(response)).GetProperty("errors").EnumerateObject()
            .SelectMany(field => field.Value.EnumerateArray().Select(e => $"{field.Name} {e.GetProperty("key").GetString()}")));
    }

    [Fact]
    public async Task Upload_OfTheLargestFile_WorksAndOfALargerOneDoesNot()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        int max = new AttachmentOptions().MaxBytes;

        // As PHP writes it: every slash with an escape.
        using HttpResponseMessage largest = await SendAsync(caller.Application, Body("a.txt", "text/plain", [.. Enumerable.Range(0, max).Select(i => (byte)(i * 31))], escapes: true));
        using HttpResponseMessage larger = await SendAsync(caller.Application, Body("a.txt", "text/plain", new byte[max + 1]));
        using HttpResponseMessage huge = await SendAsync(caller.Application, Body("a.txt", "text/plain", new byte[AttachmentEndpoints.BodyLimit(max)]));
        using StreamContent unsized = new(new MemoryStream(Encoding.UTF8.GetBytes(new string(' ', AttachmentEndpoints.BodyLimit(max) + 1))));
        using HttpRequestMessage chunked = new(HttpMethod.Post, "/v1/attachments") { Content = unsized };
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller.Application.Secret);
        using HttpResponseMessage endless = await host.Http.SendAsync(chunked);

        Assert.Equal(HttpStatusCode.OK, largest.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, larger.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, huge.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, endless.StatusCode);
    }

    private async Task<(ApiCaller Caller, InMemoryCalendar Home)> GrantAsync()
    {
        string user = $"files{Interlocked.Increment(ref _count)}@example.test";
        InMemoryCalendar home = host.AddLogin(user);
        return (await ApiCaller.GrantAsync(host, userName: user), home);
    }

    private static async Task<AttachedFile> FileIn(InMemoryCalendar home)
    {
        EventContent? content = null;
        await Eventually.HoldsAsync(() =>
        {
            content = home.Items.Values.FirstOrDefault()?.Object.Master!.Content;
            return Task.FromResult(content is not null);
        });
        return Assert.Single(content!.Attachments);
    }

    private async Task<HttpStatusCode> OpenAsync(string url)
    {
        using HttpResponseMessage response = await host.Http.GetAsync(new Uri(url, UriKind.RelativeOrAbsolute));
        return response.StatusCode;
    }

    private async Task<JsonElement> UploadAsync(
        ApiCaller caller, string name = "a.txt", string type = "text/plain", string text = "x")
    {
        using HttpResponseMessage response = await SendAsync(caller.Application, Body(name, type, Encoding.UTF8.GetBytes(text)));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ApiCaller.ReadAsync(response);
    }

    private async Task<HttpResponseMessage> SendAsync(TestApplication application, HttpContent body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/attachments") { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", application.Secret);
        return await host.Http.SendAsync(request);
    }

    private static StringContent Body(string name, string type, byte[] bytes, bool escapes = false)
    {
        string content = Convert.ToBase64String(bytes);
        content = escapes ? content.Replace("/", "\\/", StringComparison.Ordinal) : content;
        return ApiCaller.Json(
            $$"""{"attachment":{"file_name":"{{name}}","content_type":"{{type}}","base64_content":"{{content}}"} }""");
    }

    private static string IdOf(JsonElement uploaded) => uploaded.GetProperty("attachment").GetProperty("attachment_id").GetString()!;

    private static object Event(params string[] ids) => new
    {
        event_id = "e",
        summary = "x",
        start = At(1, "09:00"),
        end = At(1, "10:00"),
        attachments = ids.Select(id => new { attachment_id = id }),
    };
}

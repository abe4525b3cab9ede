using System.Net.Http.Headers;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.BookableEvents;

[Collection(OneGateway.Name)]
public sealed class BookableEventTests(GatewayHost host)
{
    private const string Path = "/v1/bookable_events";

    [Fact]
    public async Task Event_WhenMadeAndRegisteredFor_IsReadBack()
    {
        TestApplication application = await host.RegisterAsync();
        JsonElement made = await PutAsync(application, capacity: 2);
        Assert.Equal(
            """{"bookable_event_id":"class","start":"2031-01-01T10:00:00Z","end":"2031-01-01T11:00:00Z","status":"confirmed","registration":{"capacity":2,"registered_count":0,"total_count":0,"registrations":[]},"pages":{"current":1,"total":1}}""",
            made.GetRawText());

        await RegisterAsync(application, "bill", "accepted", new { name = "Bill", n = 1 });
        await RegisterAsync(application, "ann", "declined");
        (int status, JsonElement read) = await SendAsync(application, HttpMethod.Get, $"{Path}/class");

        Assert.Equal(200, status);
        Assert.Equal(
            """{"capacity":2,"registered_count":1,"total_count":2,"registrations":[{"registration_id":"bill","status":"accepted","metadata":{"name":"Bill","n":1}},{"registration_id":"ann","status":"declined"}]}""",
            read.GetProperty("registration").GetRawText());
        Assert.Equal(202, (await SendAsync(application, HttpMethod.Delete, $"{Path}/class/registrations/ann")).Status);
        Assert.Equal(202, (await SendAsync(application, HttpMethod.Delete, $"{Path}/class/registrations/ann")).Status);
        (_, read) = await RegisterAsync(application, "bill", "tentative");
        Assert.Equal("Bill", read.GetProperty("registration").GetProperty("registrations")[0].GetProperty("metadata").GetProperty("name").GetString());
        Assert.Equal(1, read.GetProperty("registration").GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task Places_WhenManyWantThemAtOnce_AreGivenOnceEach()
    {
        TestApplication application = await host.RegisterAsync();
        await PutAsync(application, capacity: 7);

        (int Status, JsonElement Body)[] answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(n => RegisterAsync(application, $"r{n}", n % 2 == 0 ? "accepted" : "pending")));

        Assert.Equal(7, answers.Count(a => a.Status == 200));
        Assert.Equal(93, answers.Count(a => a.Status == 422));
        JsonElement registration = (await SendAsync(application, HttpMethod.Get, $"{Path}/class")).Body.GetProperty("registration");
        Assert.Equal((7, 7), (registration.GetProperty("registered_count").GetInt32(), registration.GetProperty("total_count").GetInt32()));
    }

    [Fact]
    public async Task Event_WhenCancelled_TakesNobodyMore()
    {
        TestApplication application = await host.RegisterAsync();
        await PutAsync(application, capacity: null);
        await RegisterAsync(application, "bill", "accepted");
        JsonElement cancelled = await PutAsync(application, capacity: null, "cancelled");

        Assert.Equal(1, cancelled.GetProperty("registration").GetProperty("registered_count").GetInt32());
        Assert.Equal(422, (await RegisterAsync(application, "ann", "accepted")).Status);
        Assert.Equal(200, (await RegisterAsync(application, "bill", "removed")).Status);
    }

    [Fact]
    public async Task Event_OfAnotherApplication_IsNotThere()
    {
        TestApplication application = await host.RegisterAsync();
        TestApplication other = await host.RegisterAsync();
        await PutAsync(application, capacity: 1);

        Assert.Equal(404, (await SendAsync(other, HttpMethod.Get, $"{Path}/class")).Status);
        Assert.Equal(404, (await RegisterAsync(other, "bill", "accepted")).Status);
        Assert.Equal(404, (await SendAsync(other, HttpMethod.Delete, $"{Path}/class/registrations/bill")).Status);
    }

    [Theory]
    [InlineData("", "{}", "bookable_event_id errors.required,start errors.required,end errors.required,status errors.required,registration errors.required")]
    [InlineData("", """{"bookable_event_id":"a b","start":"2031-01-01T10:00:00Z","end":"2031-01-01T09:00:00Z","status":"tentative","registration":{}}""", "bookable_event_id errors.invalid_format,end errors.invalid_time_pair,status errors.not_recognized,registration.capacity errors.required")]
    [InlineData("", """{"bookable_event_id":"a","start":"2031-01-01T10:00:00Z","end":"2031-01-01T11:00:00Z","status":"confirmed","registration":{"capacity":257}}""", "registration.capacity errors.out_of_range")]
    [InlineData("/x/registrations", "{}", "registration_id errors.required,status errors.required")]
    [InlineData("/x/registrations", """{"registration_id":"ä","status":"1","metadata":[]}""", "registration_id errors.invalid_format,status errors.not_recognized,metadata errors.must_be_object")]
    [InlineData("/x/registrations", """{"registration_id":"a","status":"accepted","metadata":{"text":"LONG"}}""", "metadata errors.too_long")]
    public async Task Request_WhenSomethingIsWrong_SaysAllOfIt(string path, string body, string expected)
    {
        TestApplication application = await host.RegisterAsync();

        (int status, JsonElement answer) = await SendAsync(
            application, HttpMethod.Post, Path + path, body.Replace("LONG", new string('x', 2_048), StringComparison.Ordinal));

        Assert.Equal(422, status);
        Assert.Equal(expected, string.Join(',', answer.GetProperty("errors").EnumerateObject()
            .SelectMany(f => f.Value.EnumerateArray().Select(e => $"{f.Name} {e.GetProperty("key").GetString()}"))));
    }

    private async Task<JsonElement> PutAsync(TestApplication application, int? capacity, string status = "confirmed")
    {
        (int code, JsonElement answer) = await SendAsync(application, HttpMethod.Post, Path, new
        {
            bookable_event_id = "class",
            start = "2031-01-01T10:00:00Z",
            end = "2031-01-01T11:00:00Z",
            status,
            registration = new { capacity },
        });
        Assert.Equal(200, code);
        return answer;
    }

    private Task<(int Status, JsonElement Body)> RegisterAsync(TestApplication application, string id, string status, object? metadata = null) =>
        SendAsync(
            application,
            HttpMethod.Post,
            $"{Path}/class/registrations",
            metadata is null ? new { registration_id = id, status } : new { registration_id = id, status, metadata });

    private async Task<(int Status, JsonElement Body)> SendAsync(
        TestApplication application, HttpMethod method, string path, object? body = null)
    {
        HttpRequestMessage request = new(method, path) { Content = body is null ? null : ApiCaller.Json(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", application.Secret);
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}

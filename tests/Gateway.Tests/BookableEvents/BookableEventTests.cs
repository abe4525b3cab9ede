using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.BookableEvents;

[Collection(OneGateway.Name)]
public sealed class BookableEventTests(GatewayHost host)
{
    private const string Path = BookableEventScene.Path;

    [Fact]
    public async Task Event_WhenMadeAndRegisteredFor_IsReadBack()
    {
        BookableEventScene application = await BookableEventScene.OpenAsync(host);
        JsonElement made = await application.PutAsync(capacity: 2);
        Assert.Equal(
            """{"bookable_event_id":"class","start":"2031-01-01T10:00:00Z","end":"2031-01-01T11:00:00Z","status":"confirmed","registration":{"capacity":2,"registered_count":0,"total_count":0,"registrations":[]},"pages":{"current":1,"total":1}}""",
            made.GetRawText());

        await application.RegisterAsync("bill", "accepted", new { name = "Bill", n = 1 });
        await application.RegisterAsync("ann", "declined");
        (int status, JsonElement read) = await application.SendAsync(HttpMethod.Get, $"{Path}/class");

        Assert.Equal(200, status);
        Assert.Equal(
            """{"capacity":2,"registered_count":1,"total_count":2,"registrations":[{"registration_id":"bill","status":"accepted","metadata":{"name":"Bill","n":1}},{"registration_id":"ann","status":"declined"}]}""",
            read.GetProperty("registration").GetRawText());
        Assert.Equal(202, (await application.SendAsync(HttpMethod.Delete, $"{Path}/class/registrations/ann")).Status);
        Assert.Equal(202, (await application.SendAsync(HttpMethod.Delete, $"{Path}/class/registrations/ann")).Status);
        (_, read) = await application.RegisterAsync("bill", "tentative");
        Assert.Equal("Bill", read.GetProperty("registration").GetProperty("registrations")[0].GetProperty("metadata").GetProperty("name").GetString());
        Assert.Equal(1, read.GetProperty("registration").GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task Places_WhenManyWantThemAtOnce_AreGivenOnceEach()
    {
        BookableEventScene application = await BookableEventScene.OpenAsync(host);
        await application.PutAsync(capacity: 7);

        (int Status, JsonElement Body)[] answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(n => application.RegisterAsync($"r{n}", n % 2 == 0 ? "accepted" : "pending")));

        Assert.Equal(7, answers.Count(a => a.Status == 200));
        Assert.Equal(93, answers.Count(a => a.Status == 422));
        JsonElement registration = (await application.SendAsync(HttpMethod.Get, $"{Path}/class")).Body.GetProperty("registration");
        Assert.Equal((7, 7), (registration.GetProperty("registered_count").GetInt32(), registration.GetProperty("total_count").GetInt32()));
    }

    [Fact]
    public async Task Event_WhenCancelled_TakesNobodyMore()
    {
        BookableEventScene application = await BookableEventScene.OpenAsync(host);
        await application.PutAsync(capacity: null);
        await application.RegisterAsync("bill", "accepted");
        JsonElement cancelled = await application.PutAsync(capacity: null, "cancelled");

        Assert.Equal(1, cancelled.GetProperty("registration").GetProperty("registered_count").GetInt32());
        Assert.Equal(422, (await application.RegisterAsync("ann", "accepted")).Status);
        Assert.Equal(200, (await application.RegisterAsync("bill", "removed")).Status);
    }

    [Fact]
    public async Task Event_OfAnotherApplication_IsNotThere()
    {
        BookableEventScene application = await BookableEventScene.OpenAsync(host);
        BookableEventScene other = await BookableEventScene.OpenAsync(host);
        await application.PutAsync(capacity: 1);

        Assert.Equal(404, (await other.SendAsync(HttpMethod.Get, $"{Path}/class")).Status);
        Assert.Equal(404, (await other.RegisterAsync("bill", "accepted")).Status);
        Assert.Equal(404, (await other.SendAsync(HttpMethod.Delete, $"{Path}/class/registrations/bill")).Status);
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
        BookableEventScene application = await BookableEventScene.OpenAsync(host);

        (int status, JsonElement answer) = await application.SendAsync(
            HttpMethod.Post, Path + path, body.Replace("LONG", new string('x', 2_048), StringComparison.Ordinal));

        Assert.Equal(422, status);
        Assert.Equal(expected, string.Join(',', answer.GetProperty("errors").EnumerateObject()
            .SelectMany(f => f.Value.EnumerateArray().Select(e => $"{f.Name} {e.GetProperty("key").GetString()}"))));
    }
}

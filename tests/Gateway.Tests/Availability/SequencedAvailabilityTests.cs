using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Availability;

[Collection(OneGateway.Name)]
public sealed class SequencedAvailabilityTests(GatewayHost host)
{
    [Fact]
    public async Task Find_OfTwoMeetings_PutsOneBehindTheOther()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host, rooms: 2);
        await scene.TakeAsync("10:00", "10:30", room: 1);
        object first = Step("first", 1, [scene.Group(null, 0)], after: new { minimum = new { minutes = 30 }, maximum = new { minutes = 60 } });
        object second = Step(2, 2, [scene.Group(null, 1)]);

        // The library's own: a list of periods in each step that says nothing.
        Assert.Equal(
            ["\"first\" 09:00-10:00 2 10:30-11:30", "\"first\" 09:30-10:30 2 11:00-12:00"],
            await FindAsync(scene, new { query_periods = AvailabilityScene.Morning, sequence = new[] { second, first } }));
        Assert.Equal(
            ["\"first\" 09:00-10:00 2 10:30-11:30"],
            await FindAsync(scene, new { available_periods = AvailabilityScene.Morning, sequence = new[] { first, second }, max_results = 1 }));
    }

    [Fact]
    public async Task Find_WithPeriodsOfEachStep_KeepsToThem()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        object[] Period(string from, string to) => [new { start = At(2, from), end = At(2, to) }];

        Assert.Equal(
            ["1 09:00-10:00 2 14:00-15:00"],
            await FindAsync(scene, new
            {
                sequence = new[]
                {
                    Step(1, null, [scene.Group(null, 0)], periods: Period("09:00", "10:00")),
                    Step(2, null, [scene.Group(null, 0)], periods: Period("14:00", "15:00")),
                },
            }));
    }

    [Fact]
    public async Task Find_WhenAStepsNumberIsLong_IsRefused()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        async Task<string> AskAsync(int digits)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/v1/sequenced_availability")
            {
                Content = new StringContent(
                    JsonSerializer.Serialize(new
                    {
                        query_periods = AvailabilityScene.Morning,
                        sequence = new[] { Step("NUMBER", null, [scene.Group(null, 0)]) },
                    }).Replace("\"NUMBER\"", new string('1', digits), StringComparison.Ordinal),
                    System.Text.Encoding.UTF8,
                    "application/json"),
            };
            request.Headers.Authorization = new("Bearer", scene.Application.Secret);
            using HttpResponseMessage response = await host.Http.SendAsync(request);
            return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        }

        Assert.StartsWith($"200 {{\"sequences\":[{{\"sequence\":[{{\"sequence_id\":{new string('1', 9)},", await AskAsync(9), StringComparison.Ordinal);
        Assert.StartsWith("422 {\"errors\":{\"sequence[0].sequence_id\":", await AskAsync(33), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_WhenStepsAreFurtherApartThanAQuestionMayReach_IsRefused()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        object[] Period(int day) => [new { start = At(day, "09:00"), end = At(day, "10:00") }];

        (int status, JsonElement answer) = await scene.CallAsync(HttpMethod.Post, "/v1/sequenced_availability", new
        {
            sequence = new[]
            {
                Step(1, null, [scene.Group(null, 0)], periods: Period(2)),
                Step(2, null, [scene.Group(null, 0)], periods: Period(38)),
            },
        });

        Assert.Equal((422, "sequence"), (status, Assert.Single(answer.GetProperty("errors").EnumerateObject()).Name));
    }

    [Fact]
    public async Task Find_WhenThereAreTooManyPossibilities_SaysSo()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        object[] weeks = [new { start = At(2, "00:00"), end = At(36, "00:00") }];
        object wide = new { minimum = new { minutes = 0 }, maximum = new { hours = 22 } };
        JsonElement Of(JsonElement answer) => answer.TryGetProperty("truncated", out JsonElement truncated) ? truncated : default;

        JsonElement many = await AskAsync(scene, new
        {
            query_periods = weeks,
            sequence = Enumerable.Range(1, 10).Select(i => Step(i, null, [scene.Group(null, 0)], after: wide, minutes: 1)),
        });
        JsonElement few = await AskAsync(scene, new
        {
            query_periods = weeks,
            sequence = new[] { Step(1, 1, [scene.Group(null, 0)], after: wide, minutes: 1), Step(2, 2, [scene.Group(null, 0)]) },
        });

        Assert.Equal(JsonValueKind.True, Of(many).ValueKind);
        Assert.NotEqual(0, many.GetProperty("sequences").GetArrayLength());
        Assert.Equal(JsonValueKind.Undefined, Of(few).ValueKind);
    }

    [Fact]
    public async Task Find_FromAnElement_IsForTheAccountsOfItsToken()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host, rooms: 3);
        string token = await scene.ElementTokenAsync(0, 1);

        Dictionary<string, object?> named = scene.Question(("participants", new[] { scene.Group(null, 0, 1) }));
        Dictionary<string, object?> other = scene.Question(("participants", new[] { scene.Group(null, 0, 2) }));

        Assert.Equal(200, (await scene.AskFromPageAsync(token, named)).Status);
        Assert.Equal(422, (await scene.AskFromPageAsync(token, other)).Status);
        Assert.Equal(403, (await scene.AskFromPageAsync(token, named, "https://evil.example.com")).Status);
        Assert.Equal(401, (await scene.AskFromPageAsync(token + "x", named)).Status);
    }

    [Theory]
    [InlineData("{}", "sequence errors.required")]
    [InlineData("""{"sequence":[]}""", "sequence errors.required")]
    [InlineData("""{"sequence":[null]}""", "sequence[0] errors.required")]
    [InlineData("""{"sequence":[{}]}""", "query_periods errors.required,sequence[0].sequence_id errors.required,sequence[0].required_duration errors.required,sequence[0].participants errors.required")]
    [InlineData("""{"sequence":[{},{},{},{},{},{},{},{},{},{},{}]}""", "sequence errors.too_many")]
    [InlineData("""{"sequence":[{"sequence_id":"a","ordinal":"one","required_duration":{"minutes":30},"participants":[{"members":[{"sub":"acc_0"}]}],"query_periods":[{"start":"2030-01-01T10:00:00Z","end":"2030-01-01T11:00:00Z"}]}]}""", "sequence[0].ordinal errors.must_be_integer")]
    public async Task Sequence_WhenSomethingIsWrong_SaysAllOfIt(string body, string expected)
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        (int status, JsonElement answer) = await scene.CallAsync(HttpMethod.Post, "/v1/sequenced_availability", body);

        Assert.Equal(422, status);
        Assert.Equal(expected, string.Join(',', answer.GetProperty("errors").EnumerateObject()
            .SelectMany(f => f.Value.EnumerateArray().Select(e => $"{f.Name} {e.GetProperty("key").GetString()}"))));
    }

    private static object Step(object id, int? ordinal, object[] participants, object? after = null, object[]? periods = null, int minutes = 60) => new
    {
        sequence_id = id,
        ordinal,
        participants,
        required_duration = new { minutes },
        start_interval = new { minutes = Math.Min(30, 5 * minutes) },
        available_periods = periods ?? [],
        buffer = after is null ? null : new { after },
    };

    private static async Task<string[]> FindAsync(AvailabilityScene scene, object question) =>
        [.. (await AskAsync(scene, question)).GetProperty("sequences").EnumerateArray()
            .Select(s => string.Join(' ', s.GetProperty("sequence").EnumerateArray().Select(t =>
                $"{t.GetProperty("sequence_id").GetRawText()} {t.GetProperty("start").GetString()![11..16]}-{t.GetProperty("end").GetString()![11..16]}")))];

    private static async Task<JsonElement> AskAsync(AvailabilityScene scene, object question)
    {
        (int status, JsonElement answer) = await scene.CallAsync(HttpMethod.Post, "/v1/sequenced_availability", question);
        Assert.True(status == 200, $"{answer}");
        return answer;
    }
}

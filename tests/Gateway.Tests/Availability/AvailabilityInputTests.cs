using CalendarActors.Gateway.Tests.Hosting;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Availability;

/// <summary>What a question may not be, and what its senders write although it means nothing.</summary>
[Collection(OneGateway.Name)]
public sealed class AvailabilityInputTests(GatewayHost host)
{
    private const string Ok = """ "participants":[{"members":[{"sub":"SUB"}]}],"required_duration":{"minutes":60} """;

    private const string Periods = """ "query_periods":[{"start":"DAYT09:00:00Z","end":"DAYT12:00:00Z"}] """;

    [Theory]
    [InlineData("{}", "required_duration errors.required,query_periods errors.required,participants errors.required")]
    [InlineData("""{"participants":[],"required_duration":{"minutes":60},PERIODS}""", "participants errors.required")]
    [InlineData("""{"participants":{},"required_duration":{"minutes":60},PERIODS}""", "participants errors.must_be_array")]
    [InlineData("""{"participants":[null],"required_duration":{"minutes":60},PERIODS}""", "participants[0] errors.required")]
    [InlineData("""{"participants":[{"members":[]}],"required_duration":{"minutes":60},PERIODS}""", "participants[0].members errors.required")]
    [InlineData("""{"participants":[{"members":[{}]}],"required_duration":{"minutes":60},PERIODS}""", "participants[0].members[0].sub errors.required")]
    [InlineData("""{"participants":[{"members":[{"sub":7}]}],"required_duration":{"minutes":60},PERIODS}""", "participants[0].members[0].sub errors.must_be_string")]
    [InlineData("""{"participants":[{"members":[{"sub":"res_1"}]}],"required_duration":{"minutes":60},PERIODS}""", "participants[0].members[0].sub errors.not_recognized")]
    [InlineData("""{"participants":[{"members":[{"sub":"acc_0123456789abcdef01234567"}]}],"required_duration":{"minutes":60},PERIODS}""", "participants[0].members[0].sub errors.not_recognized")]
    [InlineData("""{"participants":[{"members":[{"sub":"SUB"}],"required":2}],"required_duration":{"minutes":60},PERIODS}""", "participants[0].required errors.out_of_range")]
    [InlineData("""{"participants":[{"members":[{"sub":"SUB"}],"required":0}],"required_duration":{"minutes":60},PERIODS}""", "participants[0].required errors.out_of_range")]
    [InlineData("""{"participants":[{"members":[{"sub":"SUB"}],"required":"most"}],"required_duration":{"minutes":60},PERIODS}""", "participants[0].required errors.not_recognized")]
    [InlineData("""{"participants":[{"members":[{"sub":"SUB"}]}],"required_duration":60,PERIODS}""", "required_duration errors.must_be_object")]
    [InlineData("""{"participants":[{"members":[{"sub":"SUB"}]}],"required_duration":{},PERIODS}""", "required_duration errors.required")]
    [InlineData("""{"participants":[{"members":[{"sub":"SUB"}]}],"required_duration":{"minutes":0},PERIODS}""", "required_duration errors.out_of_range")]
    [InlineData("""{"participants":[{"members":[{"sub":"SUB"}]}],"required_duration":{"hours":25},PERIODS}""", "required_duration errors.out_of_range")]
    [InlineData("""{"participants":[{"members":[{"sub":"SUB"}]}],"required_duration":{"hours":1,"minutes":60},PERIODS}""", "required_duration.minutes errors.out_of_range")]
    [InlineData("""{OK}""", "query_periods errors.required")]
    [InlineData("""{OK,PERIODS,"query_slots":[{"start":"DAYT09:00:00Z"}]}""", "query_periods errors.required")]
    [InlineData("""{OK,PERIODS,"available_periods":[{"start":"DAYT09:00:00Z","end":"DAYT12:00:00Z"}]}""", "available_periods errors.not_supported")]
    [InlineData("""{OK,"query_periods":[]}""", "query_periods errors.required")]
    [InlineData("""{OK,"query_periods":[{"start":"DAYT12:00:00Z","end":"DAYT12:00:00Z"}]}""", "query_periods[0].end errors.invalid_time_pair")]
    [InlineData("""{OK,"query_periods":[{"start":"DAY","end":"DAYT12:00:00Z"}]}""", "query_periods[0].start errors.must_be_time")]
    [InlineData("""{OK,"query_periods":[{"start":"DAYT12:00:00Z"}]}""", "query_periods[0].end errors.required")]
    [InlineData("""{OK,"query_periods":[{"start":"DAYT12:00:00Z","end":"9999-01-01T00:00:00Z"}]}""", "query_periods[0].end errors.out_of_range")]
    [InlineData("""{OK,"query_periods":[{"start":"2030-01-01T00:00:00Z","end":"2030-02-05T02:00:01Z"}]}""", "query_periods errors.out_of_range")]
    [InlineData("""{OK,PERIODS,"start_interval":{"minutes":7}}""", "start_interval errors.not_recognized")]
    [InlineData("""{OK,PERIODS,"response_format":"list"}""", "response_format errors.not_recognized")]
    [InlineData("""{OK,"query_slots":[{"start":"DAYT09:00:00Z"}],"response_format":"starts"}""", "response_format errors.not_recognized")]
    [InlineData("""{OK,PERIODS,"max_results":0}""", "max_results errors.must_be_integer_greater_than_zero")]
    [InlineData("""{OK,PERIODS,"max_results":"all"}""", "max_results errors.must_be_integer_greater_than_zero")]
    [InlineData("""{OK,PERIODS,"buffer":{"before":{"minutes":1441}}}""", "buffer.before errors.out_of_range")]
    [InlineData("""{OK,PERIODS,"buffer":{"before":{"minimum":{"minutes":30},"maximum":{"minutes":15}}}}""", "buffer.before.maximum errors.out_of_range")]
    [InlineData("""{OK,PERIODS,"bookable_events":[{"bookable_event_id":"x"}]}""", "participants errors.not_supported,query_periods errors.not_supported")]
    [InlineData("""{"bookable_events":[1,{},{"bookable_event_id":"a b"}],"max_results":0}""", "bookable_events[0] errors.must_be_object,bookable_events[1].bookable_event_id errors.required,bookable_events[2].bookable_event_id errors.invalid_format,max_results errors.must_be_integer_greater_than_zero")]
    [InlineData("""{"bookable_events":"x"}""", "bookable_events errors.must_be_array")]
    [InlineData("""{"bookable_events":[{"bookable_event_id":"x"},{"bookable_event_id":"y"}]}""", "bookable_events errors.not_recognized")]
    [InlineData("""{OK,PERIODS,"excluded_events":[{}]}""", "excluded_events[0] errors.required")]
    [InlineData("""{OK,PERIODS,"ignored_extended_transparency":["busy"]}""", "ignored_extended_transparency[0] errors.not_recognized")]
    [InlineData("""{OK,PERIODS,"explain":true}""", "explain errors.not_supported")]
    [InlineData("""{OK,PERIODS,"explain":["soon"]}""", "explain[0] errors.must_be_time")]
    [InlineData("""{"participants":[{"members":[{"sub":"SUB","availability_constraints":[{"limit":-1,"period":"month","tzid":"Mars","tags":["x"]}]}]}],"required_duration":{"minutes":60},PERIODS}""", "participants[0].members[0].availability_constraints[0].limit errors.out_of_range,participants[0].members[0].availability_constraints[0].period errors.not_recognized,participants[0].members[0].availability_constraints[0].tags errors.not_supported,participants[0].members[0].availability_constraints[0].tzid errors.tzid_unrecognized")]
    public async Task Question_WhenSomethingIsWrong_SaysAllOfIt(string body, string expected)
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);

        Assert.Equal($"422 {expected}", await scene.TryAsync(Live(body, scene)));
    }

    [Theory]
    [InlineData("""{OK,PERIODS}""")]
    [InlineData("""{OK,"available_periods":[{"start":"DAY 09:00:00Z","end":"DAY 12:00:00Z"}]}""")]
    [InlineData("""{OK,"query_periods":[{"start":"DAYT10:00:00+01:00","end":{"time":"DAYT12:00:00Z","tzid":"Etc/UTC"}}]}""")]
    [InlineData("""{OK,PERIODS,"buffer":{},"start_interval":null,"max_results":null,"response_format":null,"query_slots":null}""")]
    [InlineData("""{OK,PERIODS,"buffer":{"before":{},"after":null},"bookable_events":[],"explain":false,"sequence_title":"ignored"}""")]
    [InlineData("""{"participants":[{"members":[{"sub":"SUB"}],"required":"all"}],"required_duration":{"hours":1,"minutes":0},PERIODS}""")]
    [InlineData("""{"participants":[{"members":[{"sub":"SUB","availability_rule_ids":null,"calendar_ids":null}],"required":1}],"required_duration":{"minutes":60},PERIODS}""")]
    public async Task Question_InTheWordsOfAnyLibrary_IsUnderstood(string body)
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        using HttpResponseMessage response = await scene.PostAsync(Api.ApiCaller.Json(Live(body, scene)), scene.Application.Secret);

        Assert.Equal(
            $"{{\"available_periods\":[{{\"start\":\"{At(2, "09:00")}\",\"end\":\"{At(2, "12:00")}\",\"participants\":[{{\"sub\":\"{scene.Sub()}\"}}]}}]}}",
            await response.Content.ReadAsStringAsync());
    }

    private static string Live(string body, AvailabilityScene scene) => body
        .Replace("OK", Ok, StringComparison.Ordinal)
        .Replace("PERIODS", Periods, StringComparison.Ordinal)
        .Replace("SUB", scene.Sub(), StringComparison.Ordinal)
        .Replace("DAY", Day(2), StringComparison.Ordinal);
}

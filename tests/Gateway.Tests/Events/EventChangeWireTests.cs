using System.Text;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Gateway.Events;
using CalendarActors.Gateway.Wire;
using NodaTime;

namespace CalendarActors.Gateway.Tests.Events;

public sealed class EventChangeWireTests
{
    private const string Times = "\"start\":\"2030-01-15T09:00:00Z\",\"end\":\"2030-01-15T10:00:00Z\"";

    [Fact]
    public void Upsert_WithNothingOptional_KeepsEverythingElse()
    {
        EventChange change = Good($$"""{"summary":"Board",{{Times}}}""");

        Assert.Equal("Board", change.Summary);
        Assert.Equal(CalendarTime.Utc(new LocalDateTime(2030, 1, 15, 9, 0)), change.Start);
        Assert.False(change.Description.IsSet);
        Assert.False(change.Location.IsSet);
        Assert.False(change.Geo.IsSet);
        Assert.False(change.Url.IsSet);
        Assert.False(change.Transparency.IsSet);
        Assert.False(change.IsPrivate.IsSet);
        Assert.False(change.Color.IsSet);
        Assert.False(change.Reminders.IsSet);
        Assert.False(change.Rules.IsSet);
    }

    [Fact]
    public void Upsert_WithEverything_SetsEverything()
    {
        EventChange change = Good($$"""
            {
              "summary": "Board", "description": "Figures", {{Times}}, "tzid": "Europe/Paris",
              "location": { "description": "Room", "lat": "48.8583", "long": 2.2945, "latitude": "ignored" },
              "url": "https://example.com/42", "reminders": [{ "minutes": 15 }, { "minutes": 0 }], "reminders_create_only": true,
              "transparency": "opaque", "extended_transparency": "out_of_office", "color": "#49BED8", "event_private": true,
              "attendees": {
                "invite": [{ "email": "a@example.com", "display_name": "Ann" }, { "email": "A@EXAMPLE.COM" }],
                "remove": [{ "email": "b@example.com" }], "reject": [{ "email": "c@example.com" }]
              },
              "recurrence": { "rules": [{
                "frequency": "monthly", "interval": 2, "count": 5, "by_day": [{ "day": "tuesday", "nth_of_period": -1 }]
              }] },
              "conferencing": { "profile_id": "none" }, "attachments": [], "subscriptions": [], "tags": { "private": [] },
              "locale": "en", "include_userinfo": true, "unheard_of": { "a": 1 }
            }
            """);

        Assert.Equal(CalendarTime.InZone(new LocalDateTime(2030, 1, 15, 10, 0), "Europe/Paris"), change.Start);
        Assert.Equal("Figures", change.Description.Or(""));
        Assert.Equal("Room", change.Location.Or(null));
        Assert.Equal(new GeoPoint("48.8583", "2.2945"), change.Geo.Or(null));
        Assert.Equal("https://example.com/42", change.Url.Or(null));
        Assert.Equal([15, 0], change.Reminders.Or([]).ToArray());
        Assert.True(change.RemindersOnCreateOnly);
        Assert.Equal(Transparency.OutOfOffice, change.Transparency.Or(default));
        Assert.Equal("#49BED8", change.Color.Or(null));
        Assert.True(change.IsPrivate.Or(false));
        Assert.Equal([new Attendee("a@example.com", "Ann", ParticipationStatus.NeedsAction)], change.Invite.ToArray());
        Assert.Equal(["b@example.com", "c@example.com"], change.Uninvite.ToArray());
        RecurrenceRule rule = Assert.Single(change.Rules.Or([]));
        Assert.Equal(
            new RecurrenceRule
            {
                Frequency = RecurrenceFrequency.Monthly,
                Interval = 2,
                Count = 5,
                ByDay = [new WeekdayInPeriod(IsoDayOfWeek.Tuesday, -1)],
            },
            rule);
    }

    [Fact]
    public void Null_OnEveryFieldThatCanBeCleared_ClearsIt()
    {
        EventChange change = Good($$"""
            {
              "summary": "", {{Times}}, "description": null, "location": null, "url": null, "color": null,
              "reminders": null, "transparency": null, "event_private": null, "attendees": null, "recurrence": null,
              "conferencing": null, "subscriptions": null, "tags": null, "tzid": null, "event_uid": null
            }
            """);

        Assert.Equal("", change.Description.Or("kept"));
        Assert.Null(change.Location.Or("kept"));
        Assert.Null(change.Geo.Or(new GeoPoint("1", "1")));
        Assert.Null(change.Url.Or("kept"));
        Assert.Null(change.Color.Or("kept"));
        Assert.False(change.Reminders.IsSet);
        Assert.False(change.Rules.IsSet);
    }

    [Fact]
    public void Place_GivenAnew_DropsTheOldPoint()
    {
        EventChange change = Good($$$"""{"summary":"x",{{{Times}}},"location":{"description":"Elsewhere"}}""");

        Assert.Equal("Elsewhere", change.Location.Or(null));
        Assert.Null(change.Geo.Or(new GeoPoint("1", "1")));
    }

    [Fact]
    public void Recurrence_WithAnEmptyList_EndsTheSeries() =>
        Assert.Empty(Good($$$"""{"summary":"x",{{{Times}}},"recurrence":{"rules":[]}}""").Rules.Or([new() { Frequency = default }]));

    [Fact]
    public void Until_OfATimedEvent_IsTheEndOfThatDayInItsZone()
    {
        EventChange change = Good($$$"""
            {"summary":"x",{{{Times}}},"tzid":"Asia/Tokyo","recurrence":{"rules":[{"frequency":"daily","until":"2030-02-01"}]}}
            """);

        Assert.Equal(CalendarTime.Utc(new LocalDateTime(2030, 2, 1, 14, 59, 59)), change.Rules.Or([])[0].Until);
    }

    [Theory]
    [InlineData("\"2030-01-15 09:00:00Z\"", "\"2030-01-15 10:00:00Z\"")]
    [InlineData("{\"time\":\"2030-01-15 09:00:00Z\",\"tzid\":\"Etc/UTC\"}", "{\"time\":\"2030-01-15 10:00:00Z\",\"tzid\":\"Etc/UTC\"}")]
    [InlineData("\"2030-01-15T11:00:00+02:00\"", "\"2030-01-15T12:00:00+02:00\"")]
    [InlineData("{\"time\":\"2030-01-15T09:00:00.000Z\"}", "\"2030-01-15T10:00:00Z\"")]
    public void Times_InEveryFormThatLibrariesSend_AreTheSame(string start, string end)
    {
        EventChange change = Good($$"""{"summary":"x","start":{{start}},"end":{{end}}}""");

        Assert.Equal(CalendarTime.Utc(new LocalDateTime(2030, 1, 15, 9, 0)), change.Start);
        Assert.Equal(CalendarTime.Utc(new LocalDateTime(2030, 1, 15, 10, 0)), change.End);
    }

    [Fact]
    public void Zone_OfATimeItself_WinsOverTheEvents() =>
        Assert.Equal(
            "Asia/Tokyo",
            Good("""
                {"summary":"x","tzid":"Europe/Paris","start":{"time":"2030-01-15T09:00:00Z","tzid":"Asia/Tokyo"},"end":"2030-01-15T10:00:00Z"}
                """).Start.ZoneId);

    [Theory]
    [InlineData("""{}""", "start errors.required", "end errors.required", "summary errors.required")]
    [InlineData("""{"summary":7,T}""", "summary errors.must_be_string")]
    [InlineData("""{"summary":"x","start":"2030-01-15","end":"2030-01-15T10:00:00Z"}""", "end errors.invalid_time_pair")]
    [InlineData("""{"summary":"x","start":"2030-01-15","end":"2030-01-15"}""", "end errors.invalid_time_pair")]
    [InlineData("""{"summary":"x","start":"2030-01-15T10:00:00Z","end":"2030-01-15T10:00:00Z"}""", "end errors.invalid_time_pair")]
    [InlineData("""{"summary":"x","start":"2030-01-15T09:00:00","end":"2030-01-15T10:00:00Z"}""", "start errors.must_be_time")]
    [InlineData("""{"summary":"x","start":{"tzid":"Etc/UTC"},"end":17}""", "start.time errors.required", "end errors.must_be_string")]
    [InlineData("""{"summary":"x","start":"0001-01-01","end":"9999-12-31"}""", "start errors.out_of_range", "end errors.out_of_range")]
    [InlineData("""{"summary":"x",T,"tzid":"Mars/Olympus"}""", "tzid errors.tzid_unrecognized")]
    [InlineData("""{"summary":"x","start":{"time":"2030-01-15T09:00:00Z","tzid":"X"},"end":"2030-01-15T10:00:00Z"}""", "start.tzid errors.tzid_unrecognized")]
    [InlineData("""{"summary":"x",T,"reminders":[{"minutes":1},{"minutes":2},{"minutes":3},{"minutes":4},{"minutes":5},{"minutes":6}]}""", "reminders errors.too_many")]
    [InlineData("""{"summary":"x",T,"reminders":[{"minutes":-1},{"minutes":"5"},{},5]}""", "reminders[0].minutes errors.out_of_range", "reminders[1].minutes errors.must_be_integer", "reminders[2].minutes errors.required", "reminders[3] errors.must_be_object")]
    [InlineData("""{"summary":"x",T,"reminders":{"minutes":5}}""", "reminders errors.must_be_array")]
    [InlineData("""{"summary":"x",T,"transparency":"see-through"}""", "transparency errors.not_recognized")]
    [InlineData("""{"summary":"x",T,"transparency":"tentative"}""", "transparency errors.not_recognized")]
    [InlineData("""{"summary":"x",T,"color":"red"}""", "color errors.invalid_format")]
    [InlineData("""{"summary":"x",T,"url":"example"}""", "url errors.invalid_format")]
    [InlineData("""{"summary":"x",T,"event_private":"yes"}""", "event_private errors.must_be_boolean")]
    [InlineData("""{"summary":"x",T,"attendees":{"invite":[{"email":"nobody"},{"display_name":"A"}],"remove":[{"email":"x y@z"}]}}""", "attendees.invite[0].email errors.invalid_email", "attendees.invite[1].email errors.required", "attendees.remove[0].email errors.invalid_email")]
    [InlineData("""{"summary":"x",T,"attendees":["a@example.com"]}""", "attendees errors.must_be_object")]
    [InlineData("""{"summary":"x",T,"location":"Room 1"}""", "location errors.must_be_object")]
    [InlineData("""{"summary":"x",T,"location":{"lat":"91","long":"1"}}""", "location.lat errors.invalid_format")]
    [InlineData("""{"summary":"x",T,"location":{"lat":"1"}}""", "location.long errors.required")]
    [InlineData("""{"summary":"x",T,"conferencing":{"profile_id":"integrated"}}""", "conferencing.profile_id errors.integrated_conferencing_not_available")]
    [InlineData("""{"summary":"x",T,"attachments":{}}""", "attachments errors.must_be_array")]
    [InlineData("""{"summary":"x",T,"attachments":[{}]}""", "attachments[0].attachment_id errors.required")]
    [InlineData("""{"summary":"x",T,"attachments":["att_1"]}""", "attachments[0] errors.must_be_object")]
    [InlineData("""{"summary":"x",T,"attachments":[{"attachment_id":"att_1"},{"attachment_id":"acc_1"},{"attachment_id":7}]}""", "attachments[1].attachment_id errors.not_recognized", "attachments[2].attachment_id errors.must_be_string")]
    [InlineData("""{"summary":"x",T,"attachments":[{},{},{},{},{},{},{},{},{},{},{}]}""", "attachments errors.too_many")]
    [InlineData("""{"summary":"x",T,"tags":{"private":[{"value":"a"}]}}""", "tags errors.not_supported")]
    [InlineData("""{"summary":"a\u0000b",T}""", "summary errors.invalid_format")]
    [InlineData("""{"summary":"\udc00",T}""", "summary errors.must_be_string")]
    public void Upsert_ThatIsWrong_IsToldEverything(string body, params string[] expected) =>
        Assert.Equal(expected, Wrong(body.Replace(",T", "," + Times, StringComparison.Ordinal)));

    [Theory]
    [InlineData("""[{"frequency":"daily"},{"frequency":"weekly"}]""", "recurrence.rules errors.max_recurrence_rules_exceeded")]
    [InlineData("""[{}]""", "recurrence.rules[0].frequency errors.required")]
    [InlineData("""[{"frequency":"hourly"}]""", "recurrence.rules[0].frequency errors.not_recognized")]
    [InlineData("""[{"frequency":"daily","interval":0}]""", "recurrence.rules[0].interval errors.must_be_integer_greater_than_zero")]
    [InlineData("""[{"frequency":"daily","count":1.5}]""", "recurrence.rules[0].count errors.must_be_integer_greater_than_zero")]
    [InlineData("""[{"frequency":"daily","count":2147483647}]""", "recurrence.rules[0].count errors.not_supported")]
    [InlineData("""[{"frequency":"daily","count":99999999999}]""", "recurrence.rules[0].count errors.must_be_integer_greater_than_zero")]
    [InlineData("""[{"frequency":"daily","until":"soon"}]""", "recurrence.rules[0].until errors.must_be_date")]
    [InlineData("""[{"frequency":"daily","count":2,"until":"2030-02-01"}]""", "recurrence.rules[0].until errors.not_supported_count_until_combination")]
    [InlineData("""[{"frequency":"weekly","by_day":[{"day":"monday","nth_of_period":1}]}]""", "recurrence.rules[0].by_day[0].nth_of_period errors.not_supported")]
    [InlineData("""[{"frequency":"monthly","by_day":[{"day":"monday","nth_of_period":6}]}]""", "recurrence.rules[0].by_day[0].nth_of_period errors.invalid_format")]
    [InlineData("""[{"frequency":"monthly","by_day":[{"day":"monday","nth_of_period":-2147483648}]}]""", "recurrence.rules[0].by_day[0].nth_of_period errors.invalid_format")]
    [InlineData("""[{"frequency":"weekly","by_day":[{"day":"monday,tuesday"},{"day":"1"},{"day":"none"},{}]}]""", "recurrence.rules[0].by_day[0].day errors.not_recognized", "recurrence.rules[0].by_day[1].day errors.not_recognized", "recurrence.rules[0].by_day[2].day errors.not_recognized", "recurrence.rules[0].by_day[3].day errors.required")]
    [InlineData("""[{"frequency":"monthly","by_month_day":[15]}]""", "recurrence.rules[0].by_month_day errors.not_supported")]
    public void Rule_ThatCannotBeKept_IsRefusedInsteadOfBent(string rules, params string[] expected) =>
        Assert.Equal(expected, Wrong($$$"""{"summary":"x",{{{Times}}},"recurrence":{"rules":{{{rules}}}}}"""));

    [Fact]
    public void Texts_AtTheirLimits_AreAcceptedAndOneOverIsNot()
    {
        Good($$"""{"summary":"{{new string('s', 1024)}}","description":"{{new string('d', 4096)}}",{{Times}}}""");
        Assert.Equal(
            ["summary errors.too_long", "description errors.too_long"],
            Wrong($$"""{"summary":"{{new string('s', 1025)}}","description":"{{new string('d', 4097)}}",{{Times}}}"""));
    }

    private static EventChange Good(string body)
    {
        RequestFaults faults = new();
        EventChange? change = EventChangeWire.Read(Root(body, faults), faults);
        Assert.Empty(faults.Errors);
        return change!;
    }

    private static IEnumerable<string> Wrong(string body)
    {
        RequestFaults faults = new();
        Assert.Null(EventChangeWire.Read(Root(body, faults), faults));
        return faults.Errors.Select(e => $"{e.Field} {e.Key}");
    }

    private static RequestField Root(string body, RequestFaults faults)
    {
        ParsedBody parsed = RequestBody.Parse(Encoding.UTF8.GetBytes(body), isForm: false);
        Assert.Null(parsed.Problem);
        return parsed.Root(faults);
    }
}

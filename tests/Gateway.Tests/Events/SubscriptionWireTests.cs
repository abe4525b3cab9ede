using System.Collections.Immutable;
using System.Text;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Triggers;
using CalendarActors.Gateway.Events;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Tests.Events;

public sealed class SubscriptionWireTests
{
    private const string Ok = """{"type":"webhook","uri":"https://example.com/hook","transitions":[{"before":"event_start","offset":{"minutes":15}}]}""";

    [Fact]
    public void Subscriptions_WithEveryForm_AreRead()
    {
        Change<ImmutableArray<EventSubscription>> read = Good("""
            [
              { "type": "webhook", "uri": "http://example.com/a?x=1", "transitions": [
                { "before": "event_start", "offset": { "hours": 1, "minutes": 30 } },
                { "after": "event_end", "offset": { "minutes": 0 }, "unheard_of": 1 },
                { "after": "event_start", "offset": { "hours": 672 } },
                { "before": "event_end", "after": null, "offset": { "minutes": 40320 } }
              ], "interactions": [] },
              { "type": "webhook", "uri": "https://example.com/b", "transitions": [{ "before": "event_start", "offset": { "minutes": 5 } }] },
              { "type": "webhook", "uri": "https://example.com/b", "interactions": null,
                "transitions": [{ "before": "event_start", "offset": { "minutes": 5 } }, { "before": "event_end", "offset": { "minutes": 5 } }] }
            ]
            """);

        ImmutableArray<EventSubscription> all = read.Or([]);
        Assert.Equal(["http://example.com/a?x=1", "https://example.com/b"], all.Select(s => s.Address));
        Assert.Equal<Transition>(
            [
                new Transition(true, EventEdge.Start, 90), new Transition(false, EventEdge.End, 0),
                new Transition(false, EventEdge.Start, 40_320), new Transition(true, EventEdge.End, 40_320),
            ],
            all[0].Transitions);
        Assert.Equal<Transition>([new Transition(true, EventEdge.Start, 5), new Transition(true, EventEdge.End, 5)], all[1].Transitions);
    }

    [Fact]
    public void Subscriptions_WhenAbsentOrNull_Stay()
    {
        Assert.False(Good("null").IsSet);
        Assert.False(SubscriptionWire.Read(Root("{}", new RequestFaults())["subscriptions"]).IsSet);
    }

    [Fact]
    public void Subscriptions_WhenEmpty_GoAway()
    {
        Change<ImmutableArray<EventSubscription>> read = Good("[]");

        Assert.True(read.IsSet);
        Assert.Empty(read.Or([new EventSubscription("x", [])]));
    }

    [Theory]
    [InlineData("{}", " errors.must_be_array")]
    [InlineData("\"webhook\"", " errors.must_be_array")]
    [InlineData("[OK,OK,OK,OK,OK,OK]", " errors.too_many")]
    [InlineData("[1,null,[]]", "[0] errors.must_be_object", "[1] errors.required", "[2] errors.must_be_object")]
    [InlineData("[{}]", "[0].type errors.required", "[0].uri errors.required", "[0].transitions errors.required")]
    [InlineData("""[{"type":"email","uri":7,"transitions":{}}]""", "[0].type errors.not_recognized", "[0].uri errors.must_be_string", "[0].transitions errors.must_be_array")]
    [InlineData("""[{"type":"webhook","uri":"ftp://example.com","transitions":[T]}]""", "[0].uri errors.invalid_format")]
    [InlineData("""[{"type":"webhook","uri":"/hook","transitions":[T]}]""", "[0].uri errors.invalid_format")]
    [InlineData("""[{"type":"webhook","uri":"https://a:b@example.com/","transitions":[T]}]""", "[0].uri errors.invalid_format")]
    [InlineData("""[{"type":"webhook","uri":"https://example.com/\r\nX: y","transitions":[T]}]""", "[0].uri errors.invalid_format")]
    [InlineData("""[{"type":"webhook","uri":"https://example.com/LONG","transitions":[T]}]""", "[0].uri errors.too_long")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[]}]""", "[0].transitions errors.required")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[T,T,T,T,T,T,T,T,T,T,T]}]""", "[0].transitions errors.too_many")]
    [InlineData("""[OK,{"type":"webhook","uri":"U","transitions":[T,{"before":"event_start","offset":5}]}]""", "[1].transitions[1].offset errors.must_be_object")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[{}]}]""", "[0].transitions[0] errors.invalid_format", "[0].transitions[0].offset errors.required")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[{"before":"event_start","after":"event_end","offset":{"minutes":1}}]}]""", "[0].transitions[0] errors.invalid_format")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[{"before":"event_middle","offset":{"minutes":1}},{"after":5,"offset":{"minutes":1}}]}]""", "[0].transitions[0].before errors.not_recognized", "[0].transitions[1].after errors.must_be_string")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[{"before":"event_start","offset":{}}]}]""", "[0].transitions[0].offset errors.required")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[{"before":"event_start","offset":{"minutes":-1}}]}]""", "[0].transitions[0].offset errors.out_of_range")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[{"before":"event_start","offset":{"hours":-1,"minutes":59}}]}]""", "[0].transitions[0].offset errors.out_of_range")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[{"before":"event_start","offset":{"minutes":40321}}]}]""", "[0].transitions[0].offset errors.out_of_range")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[{"before":"event_start","offset":{"hours":2147483647,"minutes":59}}]}]""", "[0].transitions[0].offset errors.out_of_range")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[{"before":"event_start","offset":{"hours":1,"minutes":60}}]}]""", "[0].transitions[0].offset.minutes errors.out_of_range")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[{"before":"event_start","offset":{"hours":1.5,"minutes":"5"}}]}]""", "[0].transitions[0].offset.hours errors.must_be_integer", "[0].transitions[0].offset.minutes errors.must_be_integer")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[{"before":"event_start","offset":{"minutes":1e99}}]}]""", "[0].transitions[0].offset.minutes errors.must_be_integer")]
    [InlineData("""[{"type":"webhook","uri":"U","interactions":[{"type":"conferencing_assigned"}]}]""", "[0].interactions errors.not_supported")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[T],"interactions":[{"type":"conferencing_failing"}]}]""", "[0].interactions errors.not_supported")]
    [InlineData("""[{"type":"webhook","uri":"U","transitions":[T],"interactions":"x"}]""", "[0].interactions errors.must_be_array")]
    public void Subscriptions_ThatAreWrong_AreToldEverything(string body, params string[] expected)
    {
        RequestFaults faults = new();
        SubscriptionWire.Read(Root($$"""{"subscriptions":{{Filled(body)}}}""", faults)["subscriptions"]);

        Assert.Equal(expected.Select(e => "subscriptions" + e), faults.Errors.Select(e => $"{e.Field} {e.Key}"));
    }

    private static string Filled(string body) => body
        .Replace("OK", Ok, StringComparison.Ordinal)
        .Replace("\"U\"", "\"https://example.com/\"", StringComparison.Ordinal)
        .Replace("LONG", new string('x', 2048), StringComparison.Ordinal)
        .Replace("T,", """{"before":"event_start","offset":{"minutes":1}},""", StringComparison.Ordinal)
        .Replace("T]", """{"before":"event_start","offset":{"minutes":1}}]""", StringComparison.Ordinal);

    private static Change<ImmutableArray<EventSubscription>> Good(string body)
    {
        RequestFaults faults = new();
        Change<ImmutableArray<EventSubscription>> read =
            SubscriptionWire.Read(Root($$"""{"subscriptions":{{body}}}""", faults)["subscriptions"]);
        Assert.Empty(faults.Errors);
        return read;
    }

    private static RequestField Root(string body, RequestFaults faults)
    {
        ParsedBody parsed = RequestBody.Parse(Encoding.UTF8.GetBytes(body), isForm: false);
        Assert.Null(parsed.Problem);
        return parsed.Root(faults);
    }
}

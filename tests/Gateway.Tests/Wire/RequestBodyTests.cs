using System.Text;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Tests.Wire;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("[]", false)]
    [InlineData("[]", true)]
    [InlineData("{}", false)]
    [InlineData(" \r\n", false)]
    public void Body_ThatSaysNothing_IsEmpty(string text, bool isForm)
    {
        ParsedBody body = Parse(text, isForm);

        Assert.Null(body.Problem);
        Assert.True(body.Root(new RequestFaults())["event_id"].IsAbsent);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":{\"b\":1,\"\\u0062\":2}}")]
    [InlineData("{\"a\":1} trailing")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":NaN}")]
    public void Body_ThatIsNoJsonObject_IsRefused(string text) => Assert.NotNull(Parse(text, isForm: false).Problem);

    [Fact]
    public void Body_ThatIsNoUnicode_IsRefused() =>
        Assert.NotNull(RequestBody.Parse(new byte[] { (byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}' }, false).Problem);

    [Theory]
    [InlineData(15, true)]
    [InlineData(17, false)]
    [InlineData(100_000, false)]
    public void Body_ThatNests_IsReadToADepth(int depth, bool isRead)
    {
        string text = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

        Assert.Equal(isRead, Parse(text, isForm: false).Problem is null);
    }

    [Fact]
    public void Body_WithAByteOrderMark_IsRead() =>
        Assert.Equal("x", Parse("\uFEFF{\"event_id\":\"x\"}", isForm: false).Root(new RequestFaults())["event_id"].Text(9));

    [Fact]
    public void Json_SentUnderTheNameOfAForm_IsReadAsJson() =>
        Assert.Equal("x", Parse("{\"event_id\":\"x\"}", isForm: true).Root(new RequestFaults())["event_id"].Text(9));

    [Fact]
    public void Form_WithBrackets_ReadsLikeTheSameJson()
    {
        ParsedBody body = Parse(
            "event_id=a+b%26c&start%5Btime%5D=2030-01-01T10%3A00%3A00Z&start[tzid]=Etc/UTC"
            + "&reminders[][minutes]=5&reminders[][minutes]=10"
            + "&attendees[invite][][email]=a@x.de&attendees[invite][][display_name]=A&attendees[invite][][email]=b@x.de"
            + "&recurrence[rules][0][frequency]=daily&recurrence[rules][0][by_day][0][day]=monday&event_private=True",
            isForm: true);
        RequestFaults faults = new();
        RequestField root = body.Root(faults);

        Assert.Equal("a b&c", root["event_id"].Text(99));
        Assert.Equal("2030-01-01T10:00:00Z", root["start"]["time"].Text(99));
        Assert.Equal("Etc/UTC", root["start"]["tzid"].Text(99));
        Assert.Equal([5, 10], root["reminders"].Items(5)!.Select(i => i["minutes"].Integer()!.Value));
        IReadOnlyList<RequestField> invited = root["attendees"]["invite"].Items(5)!;
        Assert.Equal(["a@x.de", "b@x.de"], invited.Select(i => i["email"].Text(99)));
        Assert.Equal("A", invited[0]["display_name"].Text(99));
        Assert.True(invited[1]["display_name"].IsAbsent);
        Assert.Equal("daily", root["recurrence"]["rules"].Items(1)![0]["frequency"].Text(99));
        Assert.Equal("monday", root["recurrence"]["rules"].Items(1)![0]["by_day"].Items(7)![0]["day"].Text(99));
        Assert.True(root["event_private"].Flag());
        Assert.False(faults.Any);
    }

    [Theory]
    [InlineData("a=1&a[b]=2")]
    [InlineData("a[b]=2&a=1")]
    [InlineData("a[b=1")]
    [InlineData("a=1&a=2")]
    public void Form_ThatContradictsItself_IsRefused(string text) => Assert.NotNull(Parse(text, isForm: true).Problem);

    [Fact]
    public void Form_WithTooManyOrTooDeepNames_IsRefused()
    {
        Assert.NotNull(Parse(string.Join('&', Enumerable.Range(0, 3_000).Select(i => $"a{i}=1")), isForm: true).Problem);
        Assert.NotNull(Parse("a" + string.Concat(Enumerable.Repeat("[b]", 50)) + "=1", isForm: true).Problem);
    }

    [Fact]
    public void Field_OfAWrongType_IsAFaultWithItsPath()
    {
        RequestFaults faults = new();
        RequestField root = Parse(
            """{"s":1,"b":"true","i":"1","n":1.5,"big":99999999999,"l":{},"o":[],"half":"\ud800","in":[{"x":1}]}""", isForm: false).Root(faults);
        root["s"].Text(9);
        root["b"].Flag();
        root["i"].Integer();
        root["n"].Integer();
        root["big"].Integer();
        root["l"].Items(9);
        root["o"].ExpectObject();
        root["half"].Text(9);
        root["in"].Items(9)![0]["x"].Text(9);

        Assert.Equal(
            ["s", "b", "i", "n", "big", "l", "o", "half", "in[0].x"], faults.Errors.Select(e => e.Field));
    }

    [Fact]
    public void Null_AndAbsent_AreToldApart()
    {
        RequestField root = Parse("""{"url":null}""", isForm: false).Root(new RequestFaults());

        Assert.True(root["url"].IsNull);
        Assert.False(root["url"].IsAbsent);
        Assert.True(root["color"].IsAbsent);
        Assert.True(root["color"]["deep"].IsAbsent);
    }

    private static ParsedBody Parse(string text, bool isForm) => RequestBody.Parse(Encoding.UTF8.GetBytes(text), isForm);
}

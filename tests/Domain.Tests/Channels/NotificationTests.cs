using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Channels;
using NodaTime;

namespace CalendarActors.Domain.Tests.Channels;

public sealed class NotificationTests
{
    private static readonly byte[] WellKnown = """{"example":"well-known"}"""u8.ToArray();

    /// <summary>The vendor's own: its repository notification-hmac-examples, and its libraries' fixtures.</summary>
    [Theory]
    [InlineData("pDY0Oi7TJSP2hfNmZNkm5", "6r2/HjBkqymGegX0wOfifieeUXbbHwtV/LohHS+jv6c=")]
    [InlineData("CRN_NggYusqPGLxwjw5FHOJYOqSrTPNXy8WQf14OID", "5DxentQi5YSXODEzTVv06sRwJ3pULIz1KrYv20qxEK0=")]
    [InlineData("CRN_nGlYDFXwfSXgB9rvGNBJyfE454GGPtWIbNuPwr", "BmQmWVuZ70ILWjr1CAt5oC7YOolgnku4WZtlrKfx/6k=")]
    public void Signature_WhenTheSecretIsTheVendorsOwn_IsTheVendors(string secret, string expected) =>
        Assert.Equal(expected, NotificationSignature.Of(WellKnown, [Encoding.ASCII.GetBytes(secret)]));

    [Fact]
    public void Signature_WhenThereAreSeveralSecrets_HasOneOfEachAndNoSpace()
    {
        byte[][] secrets = ["one"u8.ToArray(), "two"u8.ToArray()];

        string[] parts = NotificationSignature.Of(WellKnown, secrets).Split(',');

        Assert.Equal(secrets.Select(s => NotificationSignature.Of(WellKnown, [s])), parts);
    }

    [Fact]
    public void StandardHeaders_WhenSigned_AreThoseOfTheSpecification()
    {
        byte[][] secrets = ["one"u8.ToArray(), "two"u8.ToArray()];
        Instant sent = Instant.FromUnixTimeSeconds(1_700_000_000);

        Dictionary<string, string> headers = new(NotificationSignature.Standard(WellKnown, "msg_1", sent, secrets));

        Assert.Equal(("msg_1", "1700000000"), (headers["webhook-id"], headers["webhook-timestamp"]));
        byte[] signed = Encoding.UTF8.GetBytes("msg_1.1700000000." + Encoding.UTF8.GetString(WellKnown));
        Assert.Equal(
            string.Join(' ', secrets.Select(s => "v1," + Convert.ToBase64String(
                HMACSHA256.HashData(HMACSHA256.HashData(s, "standard-webhooks"u8), signed)))),
            headers["webhook-signature"]);
    }

    [Fact]
    public void Body_WhenAChangeIsTold_IsTheVendorsToTheByte()
    {
        Instant since = Instant.FromUtc(2030, 11, 13, 16, 5) + Duration.FromMilliseconds(999);
        ChannelFilter filter = new(["cal_1", "cal_2"], OnlyManaged: true);

        byte[] body = NotificationBody.Write(NotificationKind.Change, since, "chn_1", "https://example.com/?a=1&b=%20", filter);

        Assert.Equal(
            """
            {"notification":{"type":"change","changes_since":"2030-11-13T16:05:00Z"},"channel":{"channel_id":"chn_1","callback_url":"https://example.com/?a=1&b=%20","filters":{"calendar_ids":["cal_1","cal_2"],"only_managed":true}}}
            """,
            Encoding.UTF8.GetString(body));
    }

    [Theory]
    [InlineData(NotificationKind.Verification, "verification")]
    [InlineData(NotificationKind.InitialSyncCompleted, "profile_initial_sync_completed")]
    [InlineData(NotificationKind.Disconnected, "profile_disconnected")]
    public void Body_WhenSomethingElseIsTold_HasItsWordAndEmptyFilters(NotificationKind kind, string word) => Assert.Equal(
        $$$$"""{"notification":{"type":"{{{{word}}}}"},"channel":{"channel_id":"chn_1","callback_url":"https://example.com","filters":{}}}""",
        Encoding.UTF8.GetString(NotificationBody.Write(kind, null, "chn_1", "https://example.com", ChannelFilter.None)));

    [Theory]
    [InlineData("https://example.com/hook", true)]
    [InlineData("http://example.com:8080/hook?secret=%20a&b[]=c", true)]
    [InlineData("http://[2001:db8::1]/", true)]
    [InlineData("", false)]
    [InlineData("example.com/hook", false)]
    [InlineData("//example.com/hook", false)]
    [InlineData("ftp://example.com/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("http://", false)]
    [InlineData("http://user:pw@example.com/", false)]
    [InlineData("http://example.com/a b", false)]
    [InlineData("http://example.com/\r\nHost: x", false)]
    [InlineData("http://exämple.com/", false)]
    public void CallbackAddress_WhenGiven_IsTakenOrRefused(string address, bool isFine) =>
        Assert.Equal(isFine, CallbackAddresses.ProblemOf(address) is null);

    [Fact]
    public void CallbackAddress_WhenItIsVeryLong_IsTakenUpToALimit()
    {
        string longest = "https://example.com/".PadRight(CallbackAddresses.MaxLength, 'a');

        Assert.Null(CallbackAddresses.ProblemOf(longest));
        Assert.NotNull(CallbackAddresses.ProblemOf(longest + "a"));
    }
}

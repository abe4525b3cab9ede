using CalendarActors.Domain.Secrets;

namespace CalendarActors.Domain.Tests.Secrets;

public sealed class DerivedKeysTests
{
    /// <summary>Computed apart, by RFC 5869 in another language: another value would change every id and refuse every token.</summary>
    [Fact]
    public void Keys_OfAKnownIdKey_NeverChange()
    {
        var keys = new DerivedKeys([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

        Assert.Equal("5e569fe8d311912fd1c9cd7ffef4bf3793c7f6eb8364d4060f841a66addbab3f", Convert.ToHexStringLower(keys.Ids.Span));
        Assert.Equal("0a67a18c3688ee8dd22c3d9b7dcde2405bff8112923adba8f326e3911f9ef231", Convert.ToHexStringLower(keys.TokenMac.Span));
        Assert.Equal("887df366aa73836c53c78dc50afdf064e54f4bebbaeae234099a754b240c09ed", Convert.ToHexStringLower(keys.Links.Span));
        Assert.Equal("12f54cb932c08763", keys.Fingerprint);
    }
}

using System.Text.Json;

namespace CalendarActors.Gateway.Tests.Sdks;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>The answer, if its status is the one that a library takes for success.</summary>
    public RawAnswer Expect(int status)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Body}");
        return this;
    }
}

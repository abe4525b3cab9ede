using System.Net.Http.Headers;
using System.Text;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Google;
using NodaTime;

namespace CalendarActors.Providers.Tests.Google;

/// <summary>Every documented error, and what the caller is told.</summary>
public sealed class GoogleFaultTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 25, 12, 0);

    [Theory]
    [InlineData(400, "timeRangeEmpty", ProviderFaultKind.Rejected)]
    [InlineData(400, "invalid", ProviderFaultKind.Rejected)]
    [InlineData(400, "push.webhookUrlNotHttps", ProviderFaultKind.Rejected)]
    [InlineData(401, "authError", ProviderFaultKind.AuthDead)]
    [InlineData(401, null, ProviderFaultKind.AuthDead)]
    [InlineData(401, "push.webhookUrlUnauthorized", ProviderFaultKind.Rejected)]
    [InlineData(403, "rateLimitExceeded", ProviderFaultKind.Throttled)]
    [InlineData(403, "userRateLimitExceeded", ProviderFaultKind.Throttled)]
    [InlineData(403, "quotaExceeded", ProviderFaultKind.Throttled)]
    [InlineData(403, "dailyLimitExceeded", ProviderFaultKind.Throttled)]
    [InlineData(403, "calendarUsageLimitsExceeded", ProviderFaultKind.Throttled)]
    [InlineData(403, "insufficientPermissions", ProviderFaultKind.ScopeMissing)]
    [InlineData(403, "domainPolicy", ProviderFaultKind.ScopeMissing)]
    [InlineData(403, "accessNotConfigured", ProviderFaultKind.Transient)]
    [InlineData(403, "forbiddenForNonOrganizer", ProviderFaultKind.Rejected)]
    [InlineData(403, "requiredAccessLevel", ProviderFaultKind.Rejected)]
    [InlineData(403, "forbidden", ProviderFaultKind.Rejected)]
    [InlineData(404, "notFound", ProviderFaultKind.NotFound)]
    [InlineData(409, "duplicate", ProviderFaultKind.Conflict)]
    [InlineData(410, "deleted", ProviderFaultKind.NotFound)]
    [InlineData(410, "fullSyncRequired", ProviderFaultKind.ResyncRequired)]
    [InlineData(410, "updatedMinTooLongAgo", ProviderFaultKind.ResyncRequired)]
    [InlineData(412, "conditionNotMet", ProviderFaultKind.Conflict)]
    [InlineData(429, "rateLimitExceeded", ProviderFaultKind.Throttled)]
    [InlineData(429, null, ProviderFaultKind.Throttled)]
    [InlineData(408, null, ProviderFaultKind.Transient)]
    [InlineData(500, "backendError", ProviderFaultKind.Transient)]
    [InlineData(502, null, ProviderFaultKind.Transient)]
    [InlineData(503, "backendError", ProviderFaultKind.Transient)]
    [InlineData(504, null, ProviderFaultKind.Transient)]
    [InlineData(302, null, ProviderFaultKind.Transient)]
    [InlineData(204, null, ProviderFaultKind.Transient)]
    public void Fault_WhenGoogleRefuses_IsOfOneKind(int status, string? reason, ProviderFaultKind expected)
    {
        ProviderFault fault = GoogleFaults.From(status, reason, null, "reading", Now);

        Assert.Equal(expected, fault.Kind);
        Assert.Equal(expected == ProviderFaultKind.Throttled, fault.NotBefore is not null);
        Assert.Equal(reason is null ? $"reading: Google answered {status}." : $"reading: Google answered {status} ({reason}).", fault.Detail);
    }

    [Theory]
    [InlineData(429, null, "120", 120)]
    [InlineData(429, null, null, 60)]
    [InlineData(429, null, "Wed, 25 Nov 2026 12:00:30 GMT", 30)]
    [InlineData(429, null, "Wed, 25 Nov 2026 11:00:00 GMT", 0)]
    [InlineData(429, null, "999999999", 86_400)]
    [InlineData(403, "calendarUsageLimitsExceeded", "60", 10_800)]
    [InlineData(403, "calendarUsageLimitsExceeded", "20000", 20_000)]
    [InlineData(503, null, "15", 15)]
    public void Fault_WhenAskedToWait_SaysUntilWhen(int status, string? reason, string? header, int seconds)
    {
        ProviderFault fault = GoogleFaults.From(
            status, reason, header is null ? null : RetryConditionHeaderValue.Parse(header), "writing", Now);

        Assert.Equal((ProviderFaultKind.Throttled, Now + Duration.FromSeconds(seconds)), (fault.Kind, fault.NotBefore));
    }

    [Theory]
    [InlineData("""{"error":{"errors":[{"reason":"rateLimitExceeded"}],"status":"X"}}""", "rateLimitExceeded")]
    [InlineData("""{"error":{"status":"RESOURCE_EXHAUSTED"}}""", "RESOURCE_EXHAUSTED")]
    [InlineData("""{"error":{"errors":[]}}""", null)]
    [InlineData("""{"error":{"errors":[7]}}""", null)]
    [InlineData("""{"error":"invalid_grant"}""", "invalid_grant")]
    [InlineData("""{"error":"mail to alice@example.com"}""", null)]
    [InlineData("""{"error":7}""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    [InlineData("<html>", null)]
    public void Reason_WhenABodyGivesOne_IsAWordOrNothing(string body, string? expected) =>
        Assert.Equal(expected, GoogleFaults.ReasonOf(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("abc123")]
    [InlineData("0123456789abcdefghijklmnop")]
    public void EventId_WhenTheKeyCanBeOne_IsTheKey(string key) => Assert.Equal(key, GoogleEventIds.Of(key));

    [Fact]
    public void EventId_WhenTheKeyCannotBeOne_IsMadeOfIt()
    {
        string[] keys = ["", "a", "abcd", "ABCDE", "whatever", "whatever1", "büro", "x-y", new string('z', 5_000), new string('z', 5_001)];

        string[] ids = [.. keys.Select(GoogleEventIds.Of)];

        Assert.All(ids, id => Assert.Matches("^[0-9a-v]{5,1024}$", id));
        Assert.Equal(keys.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("namedetk62t35epin4", GoogleEventIds.Of("whatever"));
        Assert.Equal(ids, keys.Select(GoogleEventIds.Of));
    }
}

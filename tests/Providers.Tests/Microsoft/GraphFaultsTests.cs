using System.Net;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Microsoft;
using CalendarActors.Providers.Outbound;
using Microsoft.Graph.Models.ODataErrors;
using NodaTime;

namespace CalendarActors.Providers.Tests.Microsoft;

public sealed class GraphFaultsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 25, 12, 0);

    [Theory]
    [InlineData(401, "InvalidAuthenticationToken", ProviderFaultKind.AuthDead)]
    [InlineData(403, "ErrorAccessDenied", ProviderFaultKind.ScopeMissing)]
    [InlineData(403, null, ProviderFaultKind.ScopeMissing)]
    [InlineData(403, "ErrorSendAsDenied", ProviderFaultKind.Rejected)]
    [InlineData(400, "ErrorPropertyValidationFailure", ProviderFaultKind.Rejected)]
    [InlineData(400, "ErrorInvalidIdMalformed", ProviderFaultKind.NotFound)]
    [InlineData(400, "SyncStateNotFound", ProviderFaultKind.ResyncRequired)]
    [InlineData(404, "ErrorItemNotFound", ProviderFaultKind.NotFound)]
    [InlineData(404, "syncStateNotFound", ProviderFaultKind.ResyncRequired)]
    [InlineData(409, "ErrorFolderExists", ProviderFaultKind.Conflict)]
    [InlineData(410, "SyncStateNotFound", ProviderFaultKind.ResyncRequired)]
    [InlineData(410, "resyncRequired", ProviderFaultKind.ResyncRequired)]
    [InlineData(412, "ErrorIrresolvableConflict", ProviderFaultKind.Conflict)]
    [InlineData(429, "ApplicationThrottled", ProviderFaultKind.Throttled)]
    [InlineData(500, null, ProviderFaultKind.Transient)]
    [InlineData(502, null, ProviderFaultKind.Transient)]
    [InlineData(503, "serviceNotAvailable", ProviderFaultKind.Transient)]
    [InlineData(504, "UnknownError", ProviderFaultKind.Transient)]
    [InlineData(507, "ErrorQuotaExceeded", ProviderFaultKind.Rejected)]
    [InlineData(302, null, ProviderFaultKind.Transient)]
    public void Answer_WhenItIsNoSuccess_IsOneOfTheList(int status, string? code, ProviderFaultKind kind) =>
        Assert.Equal(kind, GraphFaults.From(status, code, null, "testing", Now).Kind);

    [Theory]
    [InlineData(429, "17", 17)]
    [InlineData(503, "120", 120)]
    [InlineData(429, "Wed, 25 Nov 2026 12:01:00 GMT", 60)]
    [InlineData(429, "Wed, 25 Nov 2026 11:00:00 GMT", 0)]
    [InlineData(429, "99999999", 86_400)]
    [InlineData(429, "soon", 5)]
    [InlineData(429, null, 5)]
    public void Throttling_WhenGraphAsksToWait_SaysUntilWhen(int status, string? retryAfter, int seconds)
    {
        ProviderFault fault = GraphFaults.From(status, null, retryAfter, "testing", Now);

        Assert.Equal(ProviderFaultKind.Throttled, fault.Kind);
        Assert.Equal(Now + Duration.FromSeconds(seconds), fault.NotBefore);
    }

    [Fact]
    public void Fault_WhenTheErrorQuotesContent_DoesNotRepeatIt()
    {
        var error = new ODataError
        {
            ResponseStatusCode = 403,
            Error = new MainError { Code = "alice@example.com may not", Message = "Dentist at nine" },
        };

        ProviderFault fault = GraphFaults.From(error, "testing", Now);

        Assert.DoesNotContain("alice", fault.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Dentist", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Network_WhenItFailsOrIsForbidden_IsTold()
    {
        var refused = new OutboundRefusedException(new OutboundFault(OutboundFaultKind.AddressNotAllowed, "no"));

        Assert.Equal(ProviderFaultKind.AddressNotAllowed, GraphFaults.From(new HttpRequestException("x", refused), "testing", Now).Kind);
        Assert.Equal(
            ProviderFaultKind.Transient,
            GraphFaults.From(new HttpRequestException("x", null, HttpStatusCode.BadGateway), "testing", Now).Kind);
        Assert.False(GraphFaults.IsExpected(new InvalidOperationException()));
    }
}

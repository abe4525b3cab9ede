using System.Net.Http.Headers;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Outbound;
using NodaTime;

namespace CalendarActors.Providers.CalDav;

/// <summary>Translates what goes wrong on the wire into the closed list of the port, once.</summary>
internal static class DavFaults
{
    private static readonly Duration LongestWait = Duration.FromHours(24);

    /// <summary>For a call that got no answer.</summary>
    public static ProviderFault From(OutboundFault fault, string stage) => new(
        fault.Kind switch
        {
            OutboundFaultKind.AddressNotAllowed or OutboundFaultKind.InsecureScheme or OutboundFaultKind.RedirectRefused =>
                ProviderFaultKind.AddressNotAllowed,
            _ => ProviderFaultKind.Transient,
        },
        $"{stage}: {fault.Detail}");

    /// <summary>For an answer that is not what was asked for.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="stage">What was being done.</param>
    /// <param name="now">Resolves a delay in seconds.</param>
    public static ProviderFault From(DavAnswer answer, string stage, Instant now)
    {
        int status = answer.EffectiveStatus;
        Instant? notBefore = RetryAfter(answer.Response.Headers.RetryAfter, now);
        ProviderFaultKind kind = status switch
        {
            401 => ProviderFaultKind.AuthDead,
            403 => ProviderFaultKind.ScopeMissing,
            404 or 410 => ProviderFaultKind.NotFound,
            429 => ProviderFaultKind.Throttled,
            503 when notBefore is not null => ProviderFaultKind.Throttled,
            408 or 423 or 425 or >= 500 => ProviderFaultKind.Transient,
            >= 400 => ProviderFaultKind.Rejected,

            // A success that says something else than it should: a page of a captive portal, half a document.
            _ => ProviderFaultKind.Transient,
        };
        return new ProviderFault(kind, $"{stage}: the server answered {status}.", notBefore);
    }

    private static Instant? RetryAfter(RetryConditionHeaderValue? header, Instant now)
    {
        Instant? until = header switch
        {
            { Delta: { } delta } => now + Duration.FromTimeSpan(delta),
            { Date: { } date } => Instant.FromDateTimeOffset(date),
            _ => null,
        };
        return until is { } moment ? Instant.Min(Instant.Max(moment, now), now + LongestWait) : null;
    }
}

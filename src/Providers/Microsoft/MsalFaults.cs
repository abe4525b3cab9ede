using System.Net.Http.Headers;
using System.Text.Json;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Outbound;
using Microsoft.Identity.Client;
using NodaTime;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Translates what goes wrong at the authority into the closed list of the port, once.</summary>
/// <remarks>Messages are never read or passed on: they quote addresses and trace ids.</remarks>
internal static class MsalFaults
{
    private static readonly Duration LongestWait = Duration.FromHours(24);

    /// <summary>True for what an honest login may throw; anything else is a bug.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is MsalException or HttpRequestException or IOException or JsonException or OutboundRefusedException
            or OperationCanceledException;

    /// <summary>For what a login threw; <see cref="IsExpected"/> is true of it.</summary>
    public static ProviderFault From(Exception exception, string stage, Instant now) => exception switch
    {
        // The person must come back: revoked, expired, a changed password, another factor, a policy.
        MsalUiRequiredException refused => new ProviderFault(
            ProviderFaultKind.AuthDead, $"{stage}: the login must be made again ({refused.ErrorCode})."),
        MsalServiceException refused => From(refused, stage, now),
        OperationCanceledException => new ProviderFault(ProviderFaultKind.Transient, $"{stage}: there was no full answer in time."),
        JsonException => new ProviderFault(ProviderFaultKind.Transient, $"{stage}: the answer is not what Microsoft says."),
        _ => From(exception, stage),
    };

    private static ProviderFault From(MsalServiceException refused, string stage, Instant now)
    {
        Instant? asked = RetryAfter(refused.Headers?.RetryAfter, now);
        ProviderFaultKind kind = refused switch
        {
            { ErrorCode: "invalid_grant" or "interaction_required" or "consent_required" or "login_required" } => ProviderFaultKind.AuthDead,
            { ErrorCode: "temporarily_unavailable" or "server_error" } => ProviderFaultKind.Transient,
            { StatusCode: 429 } => ProviderFaultKind.Throttled,
            { StatusCode: 503 } when asked is not null => ProviderFaultKind.Throttled,

            // The registration's own doing: wrong secret, wrong redirect address.
            { StatusCode: >= 400 and < 500 and not 408 } => ProviderFaultKind.Rejected,
            _ => ProviderFaultKind.Transient,
        };
        return new ProviderFault(kind, $"{stage}: Microsoft answered {refused.StatusCode} ({refused.ErrorCode}).", asked);
    }

    private static ProviderFault From(Exception exception, string stage)
    {
        // MSAL wraps what its transport throws.
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is HttpRequestException or OutboundRefusedException)
            {
                OutboundFault fault = OutboundHttp.FaultOf(e);
                return new ProviderFault(
                    fault.Kind is OutboundFaultKind.AddressNotAllowed or OutboundFaultKind.InsecureScheme
                        ? ProviderFaultKind.AddressNotAllowed
                        : ProviderFaultKind.Transient,
                    $"{stage}: {fault.Detail}");
            }
        }

        string code = (exception as MsalException)?.ErrorCode ?? "no answer";
        return new ProviderFault(ProviderFaultKind.Transient, $"{stage}: the login failed for now ({code}).");
    }

    private static Instant? RetryAfter(RetryConditionHeaderValue? header, Instant now)
    {
        Instant? until = header switch
        {
            { Delta: { } delta } => now + Duration.FromTimeSpan(delta < TimeSpan.FromDays(1) ? delta : TimeSpan.FromDays(1)),
            { Date: { } date } => Instant.FromDateTimeOffset(date),
            _ => null,
        };
        return until is { } moment ? Instant.Min(Instant.Max(moment, now), now + LongestWait) : null;
    }
}

using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Outbound;
using NodaTime;

namespace CalendarActors.Providers.Google;

/// <summary>Translates what goes wrong at Google into the closed list of the port, once.</summary>
/// <remarks>
/// Source: Google Calendar API, "Handle API errors" and "Manage quotas", read 2026-11. A reason decides before a status:
/// 403 alone means four different things.
/// </remarks>
internal static class GoogleFaults
{
    private const int MaxReason = 64;

    private static readonly Duration LongestWait = Duration.FromHours(24);

    // Quotas are counted over a minute.
    private static readonly Duration RateWait = Duration.FromMinutes(1);

    // Limits of a day, or of an account's use as a whole, which Google lifts "after some hours".
    private static readonly Duration UsageWait = Duration.FromHours(3);

    private static readonly SearchValues<char> ReasonCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <summary>For a call that got no answer.</summary>
    public static ProviderFault From(OutboundFault fault, string stage) => new(
        fault.Kind switch
        {
            OutboundFaultKind.AddressNotAllowed or OutboundFaultKind.InsecureScheme or OutboundFaultKind.RedirectRefused =>
                ProviderFaultKind.AddressNotAllowed,
            _ => ProviderFaultKind.Transient,
        },
        $"{stage}: {fault.Detail}");

    /// <summary>For an answer that is no success.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="reason">See <see cref="ReasonOf"/>.</param>
    /// <param name="retryAfter">Its header.</param>
    /// <param name="stage">What was being done.</param>
    /// <param name="now">Where delays are counted from.</param>
    public static ProviderFault From(
        int status, string? reason, RetryConditionHeaderValue? retryAfter, string stage, Instant now)
    {
        Instant? asked = RetryAfter(retryAfter, now);
        ProviderFaultKind kind = KindOf(status, reason, asked is not null);
        Instant? notBefore = kind switch
        {
            ProviderFaultKind.Throttled when IsUsage(reason) => Later(asked, now + UsageWait),
            ProviderFaultKind.Throttled => asked ?? now + RateWait,
            _ => asked,
        };
        return new ProviderFault(kind, $"{stage}: Google answered {status}{(reason is null ? "" : $" ({reason})")}.", notBefore);
    }

    /// <summary>For an answer of the token and revocation endpoints (RFC 6749 section 5.2).</summary>
    /// <param name="status">Its status.</param>
    /// <param name="reason">See <see cref="ReasonOf"/>.</param>
    /// <param name="retryAfter">Its header.</param>
    /// <param name="stage">What was being done.</param>
    /// <param name="now">Where delays are counted from.</param>
    public static ProviderFault FromToken(
        int status, string? reason, RetryConditionHeaderValue? retryAfter, string stage, Instant now)
    {
        Instant? asked = RetryAfter(retryAfter, now);
        string detail = $"{stage}: Google answered {status}{(reason is null ? "" : $" ({reason})")}.";

        // Only the grant itself can be dead. A client that is not known, or not allowed, is the installation's mistake,
        // and must not send every person through the consent page again.
        return reason == "invalid_grant" ? new ProviderFault(ProviderFaultKind.AuthDead, detail)
            : status == 429 || reason is "rate_limit_exceeded" or "rateLimitExceeded" or "slow_down"
                ? new ProviderFault(ProviderFaultKind.Throttled, detail, asked ?? now + RateWait)
            : new ProviderFault(ProviderFaultKind.Transient, detail, asked);
    }

    /// <summary>The reason in an error's body: that of the API's errors, or OAuth's <c>error</c>; null when there is none.</summary>
    public static string? ReasonOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("error", out JsonElement error))
            {
                return null;
            }

            JsonElement reason = error;
            if (error.ValueKind == JsonValueKind.Object)
            {
                reason = error.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array
                    && errors.GetArrayLength() > 0 && errors[0].ValueKind == JsonValueKind.Object
                    && errors[0].TryGetProperty("reason", out JsonElement named)
                        ? named
                        : error.TryGetProperty("status", out JsonElement code) ? code : default;
            }

            // A log gets it: nothing but a word may pass.
            string? text = reason.ValueKind == JsonValueKind.String ? reason.GetString() : null;
            return text is { Length: > 0 and <= MaxReason } && !text.AsSpan().ContainsAnyExcept(ReasonCharacters) ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ProviderFaultKind KindOf(int status, string? reason, bool isAskedToWait) => (status, reason) switch
    {
        // The address that we gave for notifications, not the login.
        (401, "push.webhookUrlUnauthorized" or "webhookUrlUnauthorized") => ProviderFaultKind.Rejected,
        (401, _) => ProviderFaultKind.AuthDead,

        (403 or 429, "rateLimitExceeded" or "userRateLimitExceeded" or "quotaExceeded" or "RESOURCE_EXHAUSTED") => ProviderFaultKind.Throttled,
        (403, _) when IsUsage(reason) => ProviderFaultKind.Throttled,
        (403, "insufficientPermissions" or "insufficient_scope" or "domainPolicy") => ProviderFaultKind.ScopeMissing,

        // The installation's own project: its operator must switch the API on, and no person can.
        (403, "accessNotConfigured" or "SERVICE_DISABLED") => ProviderFaultKind.Transient,
        (403, _) => ProviderFaultKind.Rejected,

        (404, _) or (410, "deleted") => ProviderFaultKind.NotFound,
        (409 or 412, _) => ProviderFaultKind.Conflict,
        (410, _) => ProviderFaultKind.ResyncRequired,
        (429, _) => ProviderFaultKind.Throttled,
        (503, _) when isAskedToWait => ProviderFaultKind.Throttled,
        (408 or 425 or >= 500, _) => ProviderFaultKind.Transient,
        ( >= 400, _) => ProviderFaultKind.Rejected,

        // A redirect, or a success that says something else than it should: a page of a captive portal.
        _ => ProviderFaultKind.Transient,
    };

    private static bool IsUsage(string? reason) => reason is "calendarUsageLimitsExceeded" or "dailyLimitExceeded";

    private static Instant Later(Instant? asked, Instant own) => asked is { } moment ? Instant.Max(moment, own) : own;

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

using System.Globalization;
using System.Text.Json;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Outbound;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using NodaTime;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Translates what goes wrong at Graph into the closed list of the port, once.</summary>
/// <remarks>
/// Sources: Microsoft Graph documentation, "Error responses", "Throttling guidance" and "delta query overview", read
/// 2026-11. Codes decide before statuses where a status means several things. Messages are never read: they quote content.
/// </remarks>
internal static class GraphFaults
{
    private const int MaxCode = 64;

    private static readonly Duration LongestWait = Duration.FromHours(24);

    // Of the limits, only that of four requests at a time says no time: it passes when one of them ends.
    private static readonly Duration ConcurrencyWait = Duration.FromSeconds(5);

    /// <summary>True for what an honest call may throw; anything else is a bug.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is ApiException or HttpRequestException or IOException or JsonException or OutboundRefusedException
            or TimeoutException;

    /// <summary>For what a call threw; <see cref="IsExpected"/> is true of it.</summary>
    public static ProviderFault From(Exception exception, string stage, Instant now) => exception switch
    {
        ApiException refused => From(refused, stage, now),
        JsonException => new ProviderFault(ProviderFaultKind.Transient, $"{stage}: the answer is not what Graph says."),
        _ => From(OutboundHttp.FaultOf(exception), stage),
    };

    /// <summary>For an answer that is no success.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="code">The error's own; null when there is none.</param>
    /// <param name="retryAfter">The text of the header; null when there is none.</param>
    /// <param name="stage">What was being done.</param>
    /// <param name="now">Where delays are counted from.</param>
    public static ProviderFault From(int status, string? code, string? retryAfter, string stage, Instant now)
    {
        Instant? asked = RetryAfter(retryAfter, now);
        ProviderFaultKind kind = KindOf(status, code, asked is not null);
        Instant? notBefore = kind == ProviderFaultKind.Throttled ? asked ?? now + ConcurrencyWait : asked;
        return new ProviderFault(kind, $"{stage}: Graph answered {status}{(code is null ? "" : $" ({code})")}.", notBefore);
    }

    /// <summary>An error's code, if it is one: a log gets it, so nothing but a word may pass.</summary>
    public static string? Word(string? code) =>
        code is { Length: > 0 and <= MaxCode } && code.All(char.IsAsciiLetterOrDigit) ? code : null;

    private static ProviderFault From(ApiException exception, string stage, Instant now) =>
        From(
            exception.ResponseStatusCode,
            Word((exception as ODataError)?.Error?.Code),
            exception.ResponseHeaders?
                .FirstOrDefault(h => string.Equals(h.Key, "Retry-After", StringComparison.OrdinalIgnoreCase)).Value?
                .FirstOrDefault(),
            stage,
            now);

    private static ProviderFault From(OutboundFault fault, string stage) => new(
        fault.Kind switch
        {
            OutboundFaultKind.AddressNotAllowed or OutboundFaultKind.InsecureScheme or OutboundFaultKind.RedirectRefused =>
                ProviderFaultKind.AddressNotAllowed,
            _ => ProviderFaultKind.Transient,
        },
        $"{stage}: {fault.Detail}");


    private static ProviderFaultKind KindOf(int status, string? code, bool isAskedToWait) => status switch
    {
        >= 400 and < 500 when IsLostCursor(code) => ProviderFaultKind.ResyncRequired,
        400 when code == "ErrorInvalidIdMalformed" => ProviderFaultKind.NotFound,
        401 => ProviderFaultKind.AuthDead,
        403 when code is "ApplicationThrottled" or "TooManyRequests" => ProviderFaultKind.Throttled,
        403 when code is null or "ErrorAccessDenied" or "AccessDenied" or "accessDenied" or "Forbidden"
            or "AuthorizationRequestDenied" or "ErrorInsufficientPermissions" => ProviderFaultKind.ScopeMissing,
        403 => ProviderFaultKind.Rejected,
        404 => ProviderFaultKind.NotFound,
        409 or 412 => ProviderFaultKind.Conflict,
        410 => ProviderFaultKind.ResyncRequired,
        429 => ProviderFaultKind.Throttled,
        503 when isAskedToWait => ProviderFaultKind.Throttled,
        507 => ProviderFaultKind.Rejected,
        408 or 423 or 425 or >= 500 => ProviderFaultKind.Transient,
        >= 400 => ProviderFaultKind.Rejected,

        // A redirect, or a success that says something else than it should: a page of a captive portal.
        _ => ProviderFaultKind.Transient,
    };

    private static bool IsLostCursor(string? code) =>
        code is not null
        && (code.Equals("syncStateNotFound", StringComparison.OrdinalIgnoreCase)
            || code.Equals("resyncRequired", StringComparison.OrdinalIgnoreCase)
            || code.Equals("syncStateInvalid", StringComparison.OrdinalIgnoreCase)
            || code.Equals("ErrorInvalidSyncStateData", StringComparison.OrdinalIgnoreCase)
            || code.StartsWith("resyncChanges", StringComparison.OrdinalIgnoreCase));

    private static Instant? RetryAfter(string? text, Instant now)
    {
        Instant? until =
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
                ? now + Duration.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds))
                : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
                    ? Instant.FromDateTimeOffset(date)
                    : null;
        return until is { } moment ? Instant.Min(Instant.Max(moment, now), now + LongestWait) : null;
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using CalendarActors.Domain.Channels;
using NodaTime;

namespace CalendarActors.Providers.Outbound;

/// <summary>Posts notifications to applications, through the guard.</summary>
/// <remarks>
/// What counts is the status: the body is read only to keep the connection, and never beyond <see cref="MostRead"/>. A
/// redirect is no success and is not followed: it would carry a signature to somebody whom the application did not name.
/// Plain http is allowed here, as the vendor does: the body has no contents, and is signed.
/// </remarks>
internal sealed class CallbackSender : ICallbackSender, IDisposable
{
    /// <summary>From the first byte out to the status in.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    /// <summary>Bytes of an answer that are read; after that the connection goes.</summary>
    private const int MostRead = 16 * 1024;

    private static readonly MediaTypeHeaderValue Json = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");

    private readonly HttpMessageInvoker _http;
    private readonly CallbackLanes _lanes;
    private readonly TimeProvider _time;

    public CallbackSender(AddressGuard guard, CallbackLanes lanes, TimeProvider time)
    {
        _http = new HttpMessageInvoker(GuardedHandler.Create(guard, TimeSpan.FromMinutes(2)));
        _lanes = lanes;
        _time = time;
    }

    /// <inheritdoc/>
    public async Task<CallbackAnswer> SendAsync(CallbackRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!Uri.TryCreate(request.Address, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            return new CallbackAnswer(CallbackOutcome.NotAllowed);
        }

        using IDisposable place = await _lanes.EnterAsync(request.Application, address.Authority, cancellationToken);
        using var timeout = new CancellationTokenSource(Patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // A server may close an idle connection just as it is used again; the second one is new.
            return await TryAsync(request, address, both.Token) ?? await TryAsync(request, address, both.Token)
                ?? new CallbackAnswer(CallbackOutcome.Unreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CallbackAnswer(CallbackOutcome.TimedOut);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Null when the connection broke without a status.</summary>
    private async Task<CallbackAnswer?> TryAsync(CallbackRequest request, Uri address, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = MessageOf(request, address);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(message, cancellationToken);
            CallbackAnswer answer = AnswerOf(response);
            await DrainAsync(response, cancellationToken);
            return answer;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or InvalidDataException)
        {
            return OutboundHttp.FaultOf(e).Kind switch
            {
                OutboundFaultKind.Cut => null,
                OutboundFaultKind.AddressNotAllowed or OutboundFaultKind.InsecureScheme => new CallbackAnswer(CallbackOutcome.NotAllowed),
                OutboundFaultKind.TlsFailed => new CallbackAnswer(CallbackOutcome.TlsFailed),
                OutboundFaultKind.TimedOut => new CallbackAnswer(CallbackOutcome.TimedOut),
                _ => new CallbackAnswer(CallbackOutcome.Unreachable),
            };
        }
    }

    private static HttpRequestMessage MessageOf(CallbackRequest request, Uri address)
    {
        HttpRequestMessage message = new(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(request.Body) };
        message.Content.Headers.ContentType = Json;
        message.Options.Set(AddressGuard.AllowsPlainHttp, true);
        message.Headers.TryAddWithoutValidation("User-Agent", "CalendarActors/1.0");
        foreach ((string name, string value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private CallbackAnswer AnswerOf(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        Duration? retryAfter = status is (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.ServiceUnavailable
            ? RetryAfterOf(response.Headers.RetryAfter)
            : null;
        CallbackOutcome outcome = status switch
        {
            >= 200 and <= 299 => CallbackOutcome.Accepted,
            (int)HttpStatusCode.Gone => CallbackOutcome.Gone,
            _ => CallbackOutcome.Refused,
        };
        return new CallbackAnswer(outcome, status, retryAfter);
    }

    private Duration? RetryAfterOf(RetryConditionHeaderValue? header)
    {
        TimeSpan? wait = header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
        return wait is { } asked && asked > TimeSpan.Zero ? Duration.FromTimeSpan(asked) : null;
    }

    /// <summary>What cannot be read costs the connection, not the answer.</summary>
    private static async Task DrainAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            byte[] buffer = new byte[4 * 1024];
            int total = 0;
            int read;
            do
            {
                read = await body.ReadAsync(buffer, cancellationToken);
                total += read;
            }
            while (read > 0 && total < MostRead);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
        {
            // The status stands.
        }
    }
}

using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace CalendarActors.Providers.Outbound;

/// <summary>The one way out: HTTP to addresses that strangers typed.</summary>
/// <remarks>
/// No proxy, no cookies, no credentials of the machine, no tracing headers. Redirects are followed here, each hop checked
/// like the first, with method and body kept. Small servers close idle connections without a word; a request that meets
/// such an end is sent once more on a new connection, and the host gets no pooled ones from then on. That is only for
/// requests that may be repeated, as every CalDAV verb may.
/// </remarks>
internal sealed class OutboundHttp : IDisposable
{
    private const int MaxRedirects = 5;
    private const int MaxRememberedHosts = 10_000;

    private readonly HttpMessageInvoker _pooled;
    private readonly HttpMessageInvoker _unpooled;
    private readonly ConcurrentDictionary<string, bool> _closesSilently = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _time;

    public OutboundHttp(AddressGuard guard, TimeProvider time)
    {
        _pooled = new HttpMessageInvoker(GuardedHandler.Create(guard, TimeSpan.FromMinutes(2)));
        _unpooled = new HttpMessageInvoker(GuardedHandler.Create(guard, TimeSpan.Zero));
        _time = time;
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<OutboundResult> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(request.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await FollowAsync(request, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new OutboundFault(OutboundFaultKind.TimedOut, "There was no full answer in time.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pooled.Dispose();
        _unpooled.Dispose();
    }

    private async Task<OutboundResult> FollowAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        Uri address = request.Address;
        for (int hop = 0; ; hop++)
        {
            if (address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0)
            {
                return new OutboundFault(OutboundFaultKind.RedirectRefused, "Only http and https addresses without a login in them are called.");
            }

            OutboundResult result = await SendTwiceAsync(request, address, cancellationToken);
            if (!result.IsAnswered || !IsRedirect(result.Response.Status)
                || result.Response.Headers.Location is not { } location)
            {
                return result;
            }

            if (hop == MaxRedirects
                || !Uri.TryCreate(address, location, out Uri? next)
                || (address.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps))
            {
                return new OutboundFault(OutboundFaultKind.RedirectRefused, "A redirect may not be followed: too many, or away from https.");
            }

            address = next;
        }
    }

    // 303 is left out: it asks for a GET, and every request here means its own method.
    private static bool IsRedirect(int status) => status is 301 or 302 or 307 or 308;

    private async Task<OutboundResult> SendTwiceAsync(OutboundRequest request, Uri address, CancellationToken cancellationToken)
    {
        bool isFresh = _closesSilently.ContainsKey(address.Authority);
        OutboundResult result = await SendOnceAsync(isFresh ? _unpooled : _pooled, request, address, cancellationToken);
        if (result.Fault?.Kind != OutboundFaultKind.Cut)
        {
            return result;
        }

        if (_closesSilently.Count > MaxRememberedHosts)
        {
            _closesSilently.Clear();
        }

        _closesSilently[address.Authority] = true;
        return await SendOnceAsync(_unpooled, request, address, cancellationToken);
    }

    private static async Task<OutboundResult> SendOnceAsync(
        HttpMessageInvoker invoker, OutboundRequest request, Uri address, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = MessageOf(request, address);
        try
        {
            using HttpResponseMessage response = await invoker.SendAsync(message, cancellationToken);
            byte[]? body = await ReadAsync(response.Content, request.MaxResponseBytes, cancellationToken);
            return body is null
                ? new OutboundFault(OutboundFaultKind.TooLarge, $"The answer is longer than {request.MaxResponseBytes} bytes.")
                : new OutboundResponse(
                    (int)response.StatusCode, address, response.Headers, response.Content.Headers.ContentType?.MediaType, body);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or InvalidDataException)
        {
            return FaultOf(e);
        }
    }

    private static HttpRequestMessage MessageOf(OutboundRequest request, Uri address)
    {
        var message = new HttpRequestMessage(request.Method, address);
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = request.ContentType is null ? null : MediaTypeHeaderValue.Parse(request.ContentType);
        }

        foreach ((string name, string value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        message.Headers.TryAddWithoutValidation("User-Agent", "CalendarActors/1.0");
        if (RegistrableDomain.IsSame(request.Address, address))
        {
            message.Headers.Authorization = request.Credentials;
        }

        return message;
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, int most, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > most)
        {
            return null;
        }

        using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > most)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    /// <summary>What an exception of a <see cref="GuardedHandler"/> means.</summary>
    public static OutboundFault FaultOf(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case OutboundRefusedException refused:
                    return refused.Fault;
                case AuthenticationException:
                    return new OutboundFault(OutboundFaultKind.TlsFailed, "No trusted TLS connection could be made.");
            }
        }

        return exception is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }
            ? new OutboundFault(OutboundFaultKind.NameUnknown, "The host name could not be looked up.")
            : exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
                ? new OutboundFault(OutboundFaultKind.TlsFailed, "No trusted TLS connection could be made.")
                : exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
                    ? new OutboundFault(OutboundFaultKind.Unreachable, "No connection could be made.")
                    : new OutboundFault(OutboundFaultKind.Cut, "The connection broke before the answer was complete.");
    }
}

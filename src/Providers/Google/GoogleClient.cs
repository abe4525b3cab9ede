using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Outbound;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Calendar.v3;
using Newtonsoft.Json;
using NodaTime;

namespace CalendarActors.Providers.Google;

/// <summary>Sends requests of Google's package as one login, each bounded in time and size.</summary>
/// <remarks>
/// The package makes the request and holds the connection; the answer is read here, because its own reading neither
/// bounds the body nor hands out <c>Retry-After</c>, and throws the whole page away for one bad row.
/// </remarks>
internal sealed class GoogleClient(GoogleTransport transport, ProviderAccess access, TimeProvider time)
{
    // A page of 2,500 events with long descriptions has some 25 MB.
    private const int MaxResponseBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(20);

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c)]);

    // Tells logins apart for Google's limits, and says nothing about them. 40 characters are its limit.
    private readonly string _quotaUser = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"quota {access.UserName ?? access.Secret}")))[..40];

    public CalendarService Service => transport.Service;

    /// <summary>
    /// Why nothing can be asked with this token; null when it can. What no header can carry (RFC 6750 section 2.1) is no
    /// token, and the transport would throw.
    /// </summary>
    public ProviderFault? TokenFault => access.Secret.Length > 0 && !access.Secret.AsSpan().ContainsAnyExcept(TokenCharacters)
        ? null
        : new ProviderFault(ProviderFaultKind.AuthDead, "What should be an access token is none.");

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Sends a request and reads its answer as what the package says it is.</summary>
    public Task<GoogleResult<T>> SendAsync<T>(
        CalendarBaseServiceRequest<T> request, string stage, CancellationToken cancellationToken)
        where T : class => SendAsAsync<T, T>(request, stage, cancellationToken);

    /// <summary>Sends a request and reads its answer as <typeparamref name="TAnswer"/>.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<GoogleResult<TAnswer>> SendAsAsync<T, TAnswer>(
        CalendarBaseServiceRequest<T> request, string stage, CancellationToken cancellationToken)
        where TAnswer : class
    {
        if (TokenFault is { } fault)
        {
            return new(0, null, fault);
        }

        request.QuotaUser = _quotaUser;
        request.Credential = GoogleCredential.FromAccessToken(access.Secret);
        using var timeout = new CancellationTokenSource(RequestTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpRequestMessage message = request.CreateRequest(overrideGZipEnabled: false);
            using HttpResponseMessage response = await Service.HttpClient.SendAsync(
                message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            byte[]? body = await ReadAsync(response.Content, both.Token);
            return Result<TAnswer>((int)response.StatusCode, response.Headers.RetryAfter, body, stage);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(0, null, new ProviderFault(ProviderFaultKind.Transient, $"{stage}: there was no full answer in time."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or InvalidDataException)
        {
            return new(0, null, GoogleFaults.From(OutboundHttp.FaultOf(e), stage));
        }
    }

    private GoogleResult<T> Result<T>(int status, RetryConditionHeaderValue? retryAfter, byte[]? body, string stage)
        where T : class
    {
        if (body is null)
        {
            return new(status, null, new ProviderFault(ProviderFaultKind.Transient, $"{stage}: the answer is longer than {MaxResponseBytes} bytes."));
        }

        if (status is < 200 or >= 300)
        {
            return new(status, null, GoogleFaults.From(status, GoogleFaults.ReasonOf(body), retryAfter, stage, Now));
        }

        return Parse<T>(body) is { } value
            ? new(status, value, null)
            : new(status, null, new ProviderFault(ProviderFaultKind.Transient, $"{stage}: Google answered {status} with something else."));
    }

    private T? Parse<T>(byte[] body)
        where T : class
    {
        // Deletions and the like: there is nothing to read.
        if (typeof(T) == typeof(string))
        {
            return (T)(object)"";
        }

        try
        {
            using var stream = new MemoryStream(body);
            return Service.Serializer.Deserialize<T>(stream);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            return null;
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > MaxResponseBytes)
        {
            return null;
        }

        using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        byte[] buffer = new byte[32 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > MaxResponseBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}

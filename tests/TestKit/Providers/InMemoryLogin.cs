using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Providers;
using NodaTime;

namespace CalendarActors.TestKit.Providers;

/// <summary>Issues tokens in memory, strictly: a renewal is good once, and what it gives is all there is.</summary>
public sealed class InMemoryLogin(TimeProvider time) : IOAuthLogin
{
    private readonly ConcurrentDictionary<string, (string User, Instant ExpiresAt)> _access = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _renewals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Uri> _challenges = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ProviderFault> _faults = new();
    private int _count;

    /// <summary>How long an access token lives.</summary>
    public Duration Life { get; set; } = Duration.FromHours(1);

    /// <summary>Users whose renewal was asked for, in order.</summary>
    public ConcurrentQueue<string> Renewed { get; } = new();

    /// <summary>Users who were revoked through the port, in order.</summary>
    public ConcurrentQueue<string> Revoked { get; } = new();

    /// <summary>Awaited by each renewal before its effect.</summary>
    public Func<Task>? Before { get; set; }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>What a user gets who has just logged in.</summary>
    public OAuthTokens Issue(string user)
    {
        int number = Interlocked.Increment(ref _count);
        _access[$"at-{number}"] = (user, Now + Life);
        _renewals[$"rt-{number}"] = user;
        return new OAuthTokens($"at-{number}", Now + Life, $"rt-{number}", []);
    }

    /// <summary>Whose an access token is; null when it is worthless (by now).</summary>
    public string? UserOf(string accessToken) =>
        _access.TryGetValue(accessToken, out var token) && token.ExpiresAt > Now ? token.User : null;

    /// <summary>Makes access tokens of a user worthless; renewals stay good.</summary>
    public void ExpireAccess(string user)
    {
        foreach (string token in _access.Where(t => t.Value.User == user).Select(t => t.Key))
        {
            _access.TryRemove(token, out _);
        }
    }

    /// <summary>The user takes everything back at the provider.</summary>
    public void TakeBack(string user)
    {
        ExpireAccess(user);
        foreach (string renewal in _renewals.Where(t => t.Value == user).Select(t => t.Key))
        {
            _renewals.TryRemove(renewal, out _);
        }
    }

    /// <summary>The next renewals fail before they have any effect.</summary>
    public void FailNext(ProviderFaultKind kind, int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            _faults.Enqueue(new ProviderFault(kind, "Injected."));
        }
    }

    /// <summary>Renewals succeed again.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <inheritdoc/>
    public Uri AuthorizeUri(string providerName, string state, string codeChallenge, Uri redirectUri, string? loginHint)
    {
        _challenges[codeChallenge] = redirectUri;
        return new($"https://login.test/authorize?state={Uri.EscapeDataString(state)}&login_hint={Uri.EscapeDataString(loginHint ?? "")}");
    }

    /// <inheritdoc/>
    /// <remarks>A code is the name of the user who logged in. Each challenge is answered once.</remarks>
    public Task<ProviderResult<OAuthTokens>> ExchangeAsync(
        string providerName, string code, string codeVerifier, Uri redirectUri, CancellationToken cancellationToken)
    {
        string challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(codeVerifier)));
        return Task.FromResult<ProviderResult<OAuthTokens>>(
            _challenges.TryRemove(challenge, out Uri? known) && known == redirectUri
                ? Issue(code)
                : new ProviderFault(ProviderFaultKind.AuthDead, "invalid_grant"));
    }

    /// <inheritdoc/>
    public async Task<ProviderResult<OAuthTokens>> RefreshAsync(
        string providerName, string renewal, CancellationToken cancellationToken)
    {
        Renewed.Enqueue(_renewals.GetValueOrDefault(renewal) ?? "");
        await (Before?.Invoke() ?? Task.CompletedTask);
        if (_faults.TryDequeue(out ProviderFault? fault))
        {
            return fault;
        }

        return _renewals.TryRemove(renewal, out string? user)
            ? Issue(user)
            : new ProviderFault(ProviderFaultKind.AuthDead, "invalid_grant");
    }

    /// <inheritdoc/>
    public Task<ProviderFault?> RevokeAsync(string providerName, string renewal, CancellationToken cancellationToken)
    {
        if (_renewals.TryGetValue(renewal, out string? user))
        {
            Revoked.Enqueue(user);
            TakeBack(user);
        }

        return Task.FromResult<ProviderFault?>(null);
    }
}

using CalendarActors.Domain.Providers;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Opens sessions, each for one call and no longer than that may take.</summary>
internal sealed class GraphAccess(MicrosoftTransport transport, MicrosoftOptions options, TimeProvider time)
{
    // Below the port's 25 s, so that the answer is ours and not the caller's time-out.
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(24);

    // A pull ends when it has everything: each request in it is bounded, and so is the whole.
    private static readonly TimeSpan PullTime = TimeSpan.FromMinutes(5);

    private readonly Uri _baseAddress = new(options.GraphBaseUrl);

    /// <summary>A call like most.</summary>
    public Task<ProviderResult<T>> CallAsync<T>(
        ProviderAccess access,
        Func<GraphSession, CancellationToken, Task<ProviderResult<T>>> work,
        CancellationToken cancellationToken)
        where T : class =>
        WithinAsync(CallTime, access, work, cancellationToken);

    /// <summary>A call that may take minutes.</summary>
    public Task<ProviderResult<T>> PullAsync<T>(
        ProviderAccess access,
        Func<GraphSession, CancellationToken, Task<ProviderResult<T>>> work,
        CancellationToken cancellationToken)
        where T : class =>
        WithinAsync(PullTime, access, work, cancellationToken);

    private async Task<ProviderResult<T>> WithinAsync<T>(
        TimeSpan limit,
        ProviderAccess access,
        Func<GraphSession, CancellationToken, Task<ProviderResult<T>>> work,
        CancellationToken cancellationToken)
        where T : class
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await work(new GraphSession(transport.Graph, _baseAddress, access.Secret, time), both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProviderFault(ProviderFaultKind.Transient, "Graph took too long.");
        }
    }
}

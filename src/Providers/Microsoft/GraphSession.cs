using CalendarActors.Domain.Providers;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using NodaTime;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Graph as one person, for the length of one call.</summary>
internal sealed class GraphSession
{
    /// <summary>How many requests Graph takes in one.</summary>
    public const int BatchSize = 20;

    private const int MaxPages = 2_000;

    private readonly HttpClient _http;
    private readonly GraphAuthentication _authentication;
    private readonly TimeProvider _time;

    public GraphSession(HttpClient http, Uri baseAddress, string accessToken, TimeProvider time)
    {
        BaseAddress = baseAddress;
        _time = time;
        _http = http;
        _authentication = new GraphAuthentication(baseAddress, accessToken);
    }

    /// <summary>Where Graph is.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The clock.</summary>
    public Instant Now => Instant.FromDateTimeOffset(_time.GetUtcNow());

    /// <summary>Makes one request.</summary>
    /// <param name="stage">What is being done, for a fault.</param>
    /// <param name="call">The request.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ProviderResult<T>> AskAsync<T>(
        string stage, Func<GraphServiceClient, CancellationToken, Task<T?>> call, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await call(Client(), cancellationToken) is { } answer
                ? answer
                : new ProviderFault(ProviderFaultKind.Transient, $"{stage}: Graph answered nothing.");
        }
        catch (Exception e) when (GraphFaults.IsExpected(e))
        {
            return GraphFaults.From(e, stage, Now);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProviderFault(ProviderFaultKind.Transient, $"{stage}: there was no full answer in time.");
        }
    }

    /// <summary>Makes up to <see cref="BatchSize"/> requests in one; each has an answer or a fault of its own.</summary>
    /// <remarks>Source: Microsoft Graph, "Combine multiple HTTP requests using JSON batching", read 2026-11.</remarks>
    /// <returns>In the order of the requests.</returns>
    public async Task<ProviderResult<T>[]> BatchAsync<T>(
        string stage,
        IReadOnlyList<Func<GraphServiceClient, RequestInformation>> requests,
        ParsableFactory<T> factory,
        CancellationToken cancellationToken)
        where T : class, IParsable
    {
        ProviderResult<ProviderResult<T>[]> all = await AskAsync(
            stage,
            async (client, token) =>
            {
                var batch = new BatchRequestContentCollection(client);
                List<string> ids = [];
                foreach (Func<GraphServiceClient, RequestInformation> request in requests)
                {
                    RequestInformation part = request(client);
                    GraphAuthentication.Prefer(part);
                    ids.Add(await batch.AddBatchRequestStepAsync(part));
                }

                BatchResponseContentCollection answers = await client.Batch.PostAsync(batch, token);
                List<ProviderResult<T>> results = [];
                foreach (string id in ids)
                {
                    using HttpResponseMessage? answer = await answers.GetResponseByIdAsync(id);
                    results.Add(await GraphPart.ReadAsync(answer, factory, stage, Now, token));
                }

                return results.ToArray();
            },
            cancellationToken);
        return all.IsSuccess ? all.Value : [.. requests.Select(_ => (ProviderResult<T>)all.Fault)];
    }

    /// <summary>Makes one request whose answer says nothing.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    public async Task<ProviderFault?> TellAsync(
        string stage, Func<GraphServiceClient, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        ProviderResult<string> told = await AskAsync(
            stage,
            async (client, token) =>
            {
                await call(client, token);
                return "";
            },
            cancellationToken);
        return told.Fault;
    }

    /// <summary>Reads a list page by page.</summary>
    /// <param name="stage">What is being done, for a fault.</param>
    /// <param name="read">Reads the page behind a link; the first one when it is null.</param>
    /// <param name="linkOf">The link to the next page; null after the last one.</param>
    /// <param name="use">Takes a page; false when there is too much of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What went wrong; null when all pages were read.</returns>
    public async Task<ProviderFault?> PagesAsync<T>(
        string stage,
        Func<GraphServiceClient, string?, CancellationToken, Task<T?>> read,
        Func<T, string?> linkOf,
        Func<T, bool> use,
        CancellationToken cancellationToken)
        where T : class
    {
        string? link = null;
        for (int page = 0; page < MaxPages; page++)
        {
            ProviderResult<T> answer = await AskAsync(stage, (client, token) => read(client, link, token), cancellationToken);
            if (!answer.IsSuccess)
            {
                return answer.Fault;
            }

            if (!use(answer.Value))
            {
                return new ProviderFault(ProviderFaultKind.Rejected, $"{stage}: there is more than this service takes.");
            }

            string? next = linkOf(answer.Value);
            if (next is null)
            {
                return null;
            }

            if (!GraphLinks.IsOurs(BaseAddress, next))
            {
                return new ProviderFault(
                    ProviderFaultKind.AddressNotAllowed, $"{stage}: Graph's link leads to another host, and is not followed.");
            }

            if (next == link)
            {
                break;
            }

            link = next;
        }

        return new ProviderFault(ProviderFaultKind.Transient, $"{stage}: the list does not end.");
    }

    // Two microseconds each, and nothing to dispose of: the transport is not its own.
    private GraphServiceClient Client() => new(_http, _authentication, BaseAddress.AbsoluteUri.TrimEnd('/'));
}

using System.Text.Json;
using CalendarActors.Domain.Providers;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions.Serialization;
using NodaTime;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Reads the answer to one request of a batch.</summary>
internal static class GraphPart
{
    private const string Json = "application/json";

    /// <param name="answer">Null when the batch has none for the request.</param>
    /// <param name="factory">Makes what is read.</param>
    /// <param name="stage">What is being done, for a fault.</param>
    /// <param name="now">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ProviderResult<T>> ReadAsync<T>(
        HttpResponseMessage? answer, ParsableFactory<T> factory, string stage, Instant now, CancellationToken cancellationToken)
        where T : class, IParsable
    {
        if (answer is null)
        {
            return new ProviderFault(ProviderFaultKind.Transient, $"{stage}: the batch has no answer to it.");
        }

        await using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return await KiotaSerializer.DeserializeAsync(Json, body, factory, cancellationToken) is { } value
                ? value
                : new ProviderFault(ProviderFaultKind.Transient, $"{stage}: Graph answered nothing.");
        }

        return GraphFaults.From(
            (int)answer.StatusCode,
            GraphFaults.Word(await CodeAsync(body, cancellationToken)),
            answer.Headers.TryGetValues("Retry-After", out IEnumerable<string>? waits) ? waits.FirstOrDefault() : null,
            stage,
            now);
    }

    private static async Task<string?> CodeAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            return (await KiotaSerializer.DeserializeAsync(Json, body, ODataError.CreateFromDiscriminatorValue, cancellationToken))?.Error?.Code;
        }
        catch (JsonException)
        {
            // The status says enough.
            return null;
        }
    }
}

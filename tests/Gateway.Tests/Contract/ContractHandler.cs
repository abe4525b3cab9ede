namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>Holds every answer that passes against the document: a test fails by asking for what the document does not say.</summary>
internal sealed class ContractHandler(Func<ContractDocument?> document, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        string path = request.RequestUri!.AbsolutePath;
        if (document() is { } known && ContractRules.Cover(path))
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            string[] findings =
            [
                .. ContractRules.Findings(
                    known,
                    request.Method.Method,
                    path,
                    (int)response.StatusCode,
                    name => HeaderOf(response, name),
                    await response.Content.ReadAsStringAsync(cancellationToken)),
            ];
            Assert.True(findings.Length == 0, $"{request.Method} {path} ({(int)response.StatusCode}):\n{string.Join('\n', findings)}");
        }

        return response;
    }

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values)
        || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;
}

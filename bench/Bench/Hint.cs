using System.Net.Http.Headers;

namespace CalendarActors.Bench;

/// <summary>A notification that a provider could send at any time.</summary>
/// <param name="Secret">What makes the product believe it; one calendar's.</param>
/// <param name="Headers">Headers.</param>
/// <param name="Body">JSON; null sends none.</param>
internal sealed record Hint(string Secret, IReadOnlyDictionary<string, string> Headers, string? Body)
{
    /// <summary>A request that brings it.</summary>
    public HttpRequestMessage To(Uri address)
    {
        HttpRequestMessage request = new(HttpMethod.Post, address)
        {
            Content = Body is null
                ? new ByteArrayContent([])
                : new StringContent(Body, MediaTypeHeaderValue.Parse("application/json")),
        };
        foreach ((string name, string value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    public override string ToString() => "Hint";
}

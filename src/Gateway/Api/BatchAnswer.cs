using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace CalendarActors.Gateway.Api;

/// <summary>What one entry of a batch was answered.</summary>
/// <param name="Status">As by itself.</param>
/// <param name="Headers">Those that tell how to go on.</param>
/// <param name="Data">JSON; empty when there was no body.</param>
internal sealed record BatchAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Data)
{
    private static readonly string[] Telling = [HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate];

    public static BatchAnswer Of(HttpResponse response, byte[] body) => new(
        response.StatusCode,
        [.. Telling.Where(response.Headers.ContainsKey).Select(name => (name, $"{response.Headers[name]}"))],
        body);

    /// <summary>One library takes anything but an object for a fatal error, so what there is not is left out.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("status", Status);
        if (Headers.Count > 0)
        {
            json.WriteStartObject("headers");
            foreach ((string name, string value) in Headers)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        if (Data.Length > 0)
        {
            json.WritePropertyName("data");
            json.WriteRawValue(Data, skipInputValidation: true);
        }

        json.WriteEndObject();
    }
}

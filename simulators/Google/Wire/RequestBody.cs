using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Google.Wire;

/// <summary>What a request carries, read before the lock is taken.</summary>
internal sealed class RequestBody
{
    private readonly string _text;

    private RequestBody(string text, IFormCollection form)
    {
        _text = text;
        Form = form;
    }

    /// <summary>The form; empty when it is none.</summary>
    public IFormCollection Form { get; }

    /// <summary>The JSON object; reading it refuses the request when it is none.</summary>
    public JsonObject Json => JsonReading.Body(_text);

    public static async Task<RequestBody> ReadAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
        {
            return new("", await request.ReadFormAsync());
        }

        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return new(await reader.ReadToEndAsync(), FormCollection.Empty);
    }
}

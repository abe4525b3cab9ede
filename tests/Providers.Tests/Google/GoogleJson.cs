using CalendarActors.Providers.Google;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CalendarActors.Providers.Tests.Google;

/// <summary>JSON as the adapter reads it: texts that look like times stay texts.</summary>
internal static class GoogleJson
{
    public static JToken Parse(string json) => Read<JToken>(json);

    public static T Read<T>(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json));
        return GoogleTransport.RowSerializer.Deserialize<T>(reader)!;
    }

    public static string Write(object value)
    {
        using var writer = new StringWriter();
        GoogleTransport.RowSerializer.Serialize(writer, value);
        return writer.ToString();
    }
}

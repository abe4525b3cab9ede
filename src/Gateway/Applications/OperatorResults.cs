using System.Text.Json;
using System.Text.Json.Serialization;

namespace CalendarActors.Gateway.Applications;

internal static class OperatorResults
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static IResult Json<T>(T body, int status = StatusCodes.Status200OK) =>
        Results.Json(body, Wire, "application/json; charset=utf-8", status);

    public static IResult Error(int status, string error, string description, IReadOnlyList<string>? problems = null) =>
        Json(new OperatorErrorWire(error, description, problems), status);

    public static IResult NoSuchApplication() =>
        Error(StatusCodes.Status404NotFound, "not_found", "There is no such application.");
}

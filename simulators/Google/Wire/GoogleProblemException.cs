using System.Text.Json.Nodes;

namespace CalendarActors.Simulators.Google.Wire;

/// <summary>
/// A request that is refused. An exception and not a value, because the simulator's checks sit deep in reading a body and
/// nothing between them and the edge would do anything with a refusal; the edge turns it into Google's error JSON.
/// </summary>
internal sealed class GoogleProblemException : Exception
{
    public GoogleProblemException(int status, string reason, string message, string domain = "global", string? parameter = null)
        : base(message)
    {
        Status = status;
        Reason = reason;
        Domain = domain;
        Parameter = parameter;
    }

    public int Status { get; }

    public string Reason { get; }

    public string Domain { get; }

    public string? Parameter { get; }

    public static GoogleProblemException NotFound => new(404, "notFound", "Not Found");

    public static GoogleProblemException Unauthorized =>
        new(401, "authError", "Request had invalid authentication credentials.");

    public static GoogleProblemException Deleted => new(410, "deleted", "Resource has been deleted");

    public static GoogleProblemException ConditionNotMet => new(412, "conditionNotMet", "Precondition Failed");

    public static GoogleProblemException FullSyncRequired => new(
        410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required.", "calendar", "syncToken");

    public static GoogleProblemException WriterNeeded => new(
        403, "requiredAccessLevel", "You need to have writer access to this calendar.", "calendar");

    public static GoogleProblemException Invalid(string message, string? parameter = null) =>
        new(400, "invalid", message, "global", parameter);

    public static GoogleProblemException Required(string message) => new(400, "required", message);

    public JsonObject ToJson() => ErrorJson.Of(Status, Reason, Message, Domain, Parameter);
}

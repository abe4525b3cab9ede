using System.Text.Json.Nodes;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Google.Wire;

/// <summary>Errors as Google words them (Calendar API: "Handle API errors", checked 2026-11).</summary>
internal static class ErrorJson
{
    public static JsonObject Of(int status, string reason, string message, string domain, string? parameter)
    {
        var error = new JsonObject { ["domain"] = domain, ["reason"] = reason, ["message"] = message };
        if (parameter is not null)
        {
            error["locationType"] = "parameter";
            error["location"] = parameter;
        }

        return new JsonObject
        {
            ["error"] = new JsonObject { ["errors"] = new JsonArray(error), ["code"] = status, ["message"] = message },
        };
    }

    /// <summary>For a scripted status.</summary>
    public static JsonObject Of(Fault fault)
    {
        var (reason, message, domain) = fault.Status switch
        {
            400 => ("badRequest", "Bad Request", "global"),
            401 => ("authError", "Invalid Credentials", "global"),
            403 => ("rateLimitExceeded", "Rate Limit Exceeded", "usageLimits"),
            404 => ("notFound", "Not Found", "global"),
            409 => ("duplicate", "The requested identifier already exists.", "global"),
            410 => ("fullSyncRequired", "Sync token is no longer valid, a full sync is required.", "calendar"),
            412 => ("conditionNotMet", "Precondition Failed", "global"),
            429 => ("rateLimitExceeded", "Rate Limit Exceeded", "usageLimits"),
            _ => ("backendError", "Backend Error", "global"),
        };
        return Of(fault.Status, fault.Reason ?? reason, message, domain, null);
    }

    /// <summary>For a scripted status of the token endpoint.</summary>
    public static JsonObject OfToken(Fault fault)
    {
        string error = fault.Reason ?? (fault.Status < 500 ? "invalid_grant" : "internal_failure");
        return OfToken(error, error == "invalid_grant" ? "Token has been expired or revoked." : "Internal error");
    }

    public static JsonObject OfToken(string error, string description) =>
        new() { ["error"] = error, ["error_description"] = description };
}

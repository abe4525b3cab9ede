using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Api;

/// <summary>Opens the body of a call.</summary>
internal static class ApiBody
{
    /// <summary>Its fields; null when it could not be read, which is answered then.</summary>
    /// <param name="context">The request.</param>
    /// <param name="faults">Where the fields tell what is wrong with them.</param>
    /// <param name="maxLength">Bytes that it may have.</param>
    public static async Task<RequestField?> OpenAsync(
        HttpContext context, RequestFaults faults, int maxLength = RequestBody.MaxLength)
    {
        ParsedBody body = await RequestBody.ReadAsync(context, maxLength);
        if (body.Problem is not { } problem)
        {
            return body.Root(faults);
        }

        await ApiErrors.Malformed(context, problem);
        return null;
    }
}

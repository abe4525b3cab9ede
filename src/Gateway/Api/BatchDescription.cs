namespace CalendarActors.Gateway.Api;

/// <summary>What the OpenAPI document says of batches, and where they are.</summary>
internal static class BatchDescription
{
    private static readonly ApiDescription Batch = new(
        "Events",
        "Write up to 50 events in one request",
        "Entries are creating, changing and deleting events; each is answered exactly as by itself, in the order given. "
        + "Those of one calendar happen in that order, those of different calendars at the same time; there is no "
        + "transaction. Each counts against the application's budget like a request: what it does not cover is answered 429.",
        StatusCodes.Status207MultiStatus)
    {
        Body = """
            {
              "batch": [
                {
                  "method": "POST", "relative_url": "/v1/calendars/cal_1a2b3c_4d5e6f/events",
                  "data": {
                    "event_id": "booking-42", "summary": "Board meeting",
                    "start": "2030-01-15T09:00:00Z", "end": "2030-01-15T10:00:00Z"
                  }
                },
                { "method": "DELETE", "relative_url": "/v1/calendars/cal_1a2b3c_4d5e6f/events", "data": {} }
              ]
            }
            """,
        BodySchema = BatchSchemas.Request,
        Answer = """
            {
              "batch": [
                { "status": 202 },
                { "status": 422, "data": { "errors": { "event_id": [{ "key": "errors.required", "description": "required" }] } } }
              ]
            }
            """,
        AnswerSchema = BatchSchemas.Answer,
        Failures = [400, 422],
    };

    public static void MapBatchEndpoint(this IEndpointRouteBuilder routes)
    {
        BatchEndpoint endpoint = ActivatorUtilities.CreateInstance<BatchEndpoint>(routes.ServiceProvider);
        routes.MapApi(HttpMethods.Post, "/v1/batch", endpoint.RunAsync).Describe(Batch);
    }
}

using CalendarActors.Gateway.Accounts;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Api;

/// <summary>The shapes of batches.</summary>
internal static class BatchSchemas
{
    private static readonly ApiSchema Entry = ApiSchema.Object(
        "BatchEntry",
        "One call.",
        Must("method", ApiSchema.Word("POST", "DELETE")),
        Must("relative_url", ApiSchema.Formatted(null, 4096, "^/v1/"), "The path of the call."),
        May("data", ApiSchema.Open("The body of the call.")));

    private static readonly ApiSchema Headers = ApiSchema.Object(
        "BatchHeaders",
        "Headers that say how to go on.",
        May("Retry-After", ApiSchema.Formatted(null, 10, "^[0-9]+$")),
        May("WWW-Authenticate", ApiSchema.Text(1024)));

    private static readonly ApiSchema Answered = ApiSchema.Object(
        "BatchAnswer",
        "What one call was answered.",
        Must("status", ApiSchema.Integer(200, 599)),
        May("headers", Headers),
        May("data", ApiSchema.AnyOf(
            "BatchAnswerBody",
            "The body of the answer.",
            ApiResponses.FieldErrors,
            ApiResponses.Error,
            AccountSchemas.AskedUserInfo)));

    public static ApiSchema Request { get; } = ApiSchema.Object(
        "Batch", "Up to 50 calls.", Must("batch", ApiSchema.List(Entry, BatchEndpoint.MaxEntries)));

    public static ApiSchema Answer { get; } = ApiSchema.Object(
        "BatchAnswers", "An answer to each, in their order.", Must("batch", ApiSchema.List(Answered, BatchEndpoint.MaxEntries)));
}

using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Authorization;

/// <summary>What the OpenAPI document says of element tokens, and where they are.</summary>
internal static class ElementTokenDescription
{
    private static readonly ApiDescription Mint = new(
        "Elements",
        "Get a token for an element on a page",
        "Takes the API key (a client secret) as the bearer token. The element token is good for 64,800 seconds, for these "
        + "permissions (agenda, account_management, availability, managed_availability), for these accounts of the "
        + "application, and for pages of exactly this origin. An element sends it as et in the query. agenda opens userinfo, "
        + "events and free_busy for reading; account_management opens userinfo and the revoking of profiles; for both the "
        + "token must name one account.",
        StatusCodes.Status200OK)
    {
        Access = ApiAccess.ClientSecret,
        Body = """
            {
              "version": "1", "permissions": ["agenda"], "subs": ["acc_0123456789abcdef01234567"],
              "origin": "https://app.example.com"
            }
            """,
        BodySchema = ElementTokenSchemas.Request,
        Answer = """
            {
              "element_token": {
                "permissions": ["agenda"], "origin": "https://app.example.com", "token": "et_AbC123.dEf456",
                "expires_in": 64800
              }
            }
            """,
        AnswerSchema = ElementTokenSchemas.Answer,
        Failures = [400, 422],
        FailureSchemas = new Dictionary<int, ApiSchema> { [400] = ElementTokenSchemas.Refusal },
    };

    public static void MapElementTokenEndpoint(this IEndpointRouteBuilder routes)
    {
        ElementTokenEndpoint endpoint = ActivatorUtilities.CreateInstance<ElementTokenEndpoint>(routes.ServiceProvider);
        routes.MapApplicationApi(HttpMethods.Post, "/v1/element_tokens", endpoint.MintAsync).Describe(Mint);
    }
}

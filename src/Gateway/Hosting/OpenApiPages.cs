using CalendarActors.Gateway.Api;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace CalendarActors.Gateway.Hosting;

/// <summary>The API described for machines at <c>/openapi/v1.json</c> and for people at <c>/docs</c>.</summary>
internal static class OpenApiPages
{
    public static IServiceCollection AddOpenApiPages(this IServiceCollection services) =>
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "CalendarActors";
            document.Info.Version = "v1";
            document.Info.Description =
                "Calendar connectivity, wire-compatible with Cronofy's API. Bodies are JSON or forms. Times have whole seconds. "
                + "Truth values in a query are true or false in any letter case, 1 or 0. New members may appear in any answer.";

            // One description, wherever it is served: no address of this installation.
            document.Servers =
            [
                new OpenApiServer
                {
                    Url = "/",
                    Description = "This installation, in production or as a sandbox.",
                    Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal)
                    {
                        ["x-internal"] = new JsonNodeExtension(false),
                    },
                },
            ];
            document.Tags = ApiTags.Of(document);
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = ApiSecurity.Schemes;
            document.Components.Schemas = new SortedDictionary<string, IOpenApiSchema>(
                document.Components.Schemas ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal), StringComparer.Ordinal);
            return Task.CompletedTask;
        }));

    public static void MapOpenApiPages(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json");

        // The script is served by us, and the page's content security policy keeps it from asking anybody else.
        routes.MapScalarApiReference("/docs", options =>
        {
            options.Title = "CalendarActors API";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.HideClientButton = true;
            options.OpenApiRoutePattern = "/openapi/{documentName}.json";
        });
    }
}

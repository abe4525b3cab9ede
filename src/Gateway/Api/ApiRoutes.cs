using System.Reflection;
using CalendarActors.Domain.Authorization;
using CalendarActors.Gateway.Authorization;

namespace CalendarActors.Gateway.Api;

/// <summary>Maps calls of the API so that each passes the <see cref="ApiGate"/> and is described.</summary>
internal static class ApiRoutes
{
    private static readonly MethodInfo Signature =
        typeof(ApiRoutes).GetMethod(nameof(Described), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Maps a call.</summary>
    /// <remarks>A plain delegate, because binding by reflection would read bodies and refuse media types on its own.</remarks>
    public static IEndpointConventionBuilder MapApi(
        this IEndpointRouteBuilder routes, string method, string pattern, Func<ApiCall, Task> endpoint)
    {
        ApiGate gate = routes.ServiceProvider.GetRequiredService<ApiGate>();
        return routes
            .MapMethods(pattern, [method], context => gate.RunAsync(context, endpoint))
            .WithMetadata(Signature, new ApiOperation(method, pattern, endpoint));
    }

    /// <summary>Maps a call that an application makes with its API key.</summary>
    public static IEndpointConventionBuilder MapApplicationApi(
        this IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, string, Task> endpoint)
    {
        ApiGate gate = routes.ServiceProvider.GetRequiredService<ApiGate>();
        return routes
            .MapMethods(pattern, [method], context => gate.RunForApplicationAsync(context, endpoint))
            .WithMetadata(Signature);
    }

    /// <summary>Maps a call that browser elements with one of these permissions may make as well.</summary>
    public static IEndpointConventionBuilder MapElementApi(
        this IEndpointRouteBuilder routes,
        string method,
        string pattern,
        Func<ApiCall, Task> endpoint,
        params IReadOnlyList<string> permissions)
    {
        ElementTokens elements = routes.ServiceProvider.GetRequiredService<ElementTokens>();
        routes.MapMethods(pattern, [HttpMethods.Options], context => elements.PreflightAsync(context, method))
            .ExcludeFromDescription();
        return routes.MapApi(method, pattern, endpoint).WithMetadata(new ForElements(permissions));
    }

    /// <summary>Maps a call that an application makes with its API key, or with an access token that has one of these scopes.</summary>
    public static IEndpointConventionBuilder MapCallerApi(
        this IEndpointRouteBuilder routes,
        string method,
        string pattern,
        Func<HttpContext, ApplicationCaller, Task> endpoint,
        params IReadOnlyList<string> anyOf)
    {
        ApiGate gate = routes.ServiceProvider.GetRequiredService<ApiGate>();
        return routes
            .MapMethods(pattern, [method], context => gate.RunForCallerAsync(context, endpoint, anyOf))
            .WithMetadata(Signature);
    }

    /// <summary>Maps a question about when people have time, which elements ask as well.</summary>
    public static IEndpointConventionBuilder MapAvailabilityApi(
        this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, ApplicationCaller, Task> endpoint)
    {
        ElementTokens elements = routes.ServiceProvider.GetRequiredService<ElementTokens>();
        routes.MapMethods(pattern, [HttpMethods.Options], context => elements.PreflightAsync(context, HttpMethods.Post))
            .ExcludeFromDescription();
        return routes.MapCallerApi(HttpMethods.Post, pattern, endpoint, Scopes.ReadFreeBusy, Scopes.ReadEvents)
            .WithMetadata(new ForElements(ElementPermissions.Availability));
    }

    /// <summary>Lets the call stand in a batch.</summary>
    public static IEndpointConventionBuilder AllowInBatch(this IEndpointConventionBuilder builder) =>
        builder.WithMetadata(new AllowedInBatch());

    /// <summary>404 as JSON for everything else under the API's path, whatever the method: no library expects a 405.</summary>
    public static void MapUnknownApi(this IEndpointRouteBuilder routes) =>
        routes.Map("/v1/{**rest}", ApiGate.RefuseUnknownAsync).ExcludeFromDescription();

    /// <summary>What the description of an endpoint sees of its delegate: no parameters to bind.</summary>
    private static Task Described(HttpContext context) => Task.CompletedTask;
}

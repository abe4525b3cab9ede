using System.Security.Cryptography;
using System.Text.Json;
using CalendarActors.Domain.Applications;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.RateLimits;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Applications;

namespace CalendarActors.Gateway.Applications;

/// <summary>The operator's API for applications.</summary>
internal static class OperatorEndpoints
{
    private const int MaxName = 100;
    private const int PageSize = 100;

    public static void MapOperatorEndpoints(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/operator/applications");
        group.AddEndpointFilterFactory((context, next) =>
        {
            OperatorGate gate = context.ApplicationServices.GetRequiredService<OperatorGate>();
            return invocation => gate.InvokeAsync(invocation, next);
        });
        group.MapPost("", RegisterAsync).Describe(OperatorDescription.Register);
        group.MapGet("", ListAsync).Describe(OperatorDescription.List);
        group.MapDelete("/{clientId}", DeleteAsync).Describe(OperatorDescription.Delete);
        group.MapPost("/{clientId}/secrets", AddSecretAsync).Describe(OperatorDescription.AddSecret);
        group.MapDelete("/{clientId}/secrets/{secretId}", RemoveSecretAsync).Describe(OperatorDescription.RemoveSecret);
    }

    private static async Task<IResult> RegisterAsync(
        HttpContext context, IGrainFactory grains, CancellationToken cancellationToken)
    {
        RegisterWire? body = await ReadAsync(context.Request, cancellationToken);
        if (body is null)
        {
            return OperatorResults.Error(StatusCodes.Status400BadRequest, "invalid_request", "The body must be a JSON object.");
        }

        string[] problems = [.. Problems(body)];
        if (problems.Length > 0)
        {
            return OperatorResults.Error(
                StatusCodes.Status422UnprocessableEntity, "invalid_request", problems[0], problems);
        }

        string clientId = GrainKeys.Application(RandomNumberGenerator.GetBytes(12));
        var request = new RegisterApplication(
            body.Name!.Trim(), [.. (body.RedirectUris ?? []).OfType<string>()], body.RotatesRefreshTokens);
        NewSecret secret = await grains.GetGrain<IApplicationGrain>(clientId).Register(request, cancellationToken);
        context.Response.Headers.Location = $"/operator/applications/{clientId}";
        return OperatorResults.Json(
            new ApplicationWire(
                clientId,
                secret.Text,
                request.Name,
                request.RedirectUris,
                request.RotatesRefreshTokens,
                [new SecretWire(secret.Id, null, null)],
                null),
            StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(
        IGrainFactory grains, string? after, int? limit, CancellationToken cancellationToken)
    {
        ApplicationPage page = await grains.GetGrain<IApplicationListGrain>(0).Page(
            after, Math.Clamp(limit ?? PageSize, 1, PageSize), cancellationToken);
        return OperatorResults.Json(
            new ApplicationListWire([.. page.Applications.Select(ApplicationWire.From)], page.Next));
    }

    private static async Task<IResult> DeleteAsync(
        string clientId, IGrainFactory grains, RateBudgets budgets, CancellationToken cancellationToken)
    {
        if (!GrainKeys.IsApplication(clientId)
            || !await grains.GetGrain<IApplicationGrain>(clientId).Delete(cancellationToken))
        {
            return OperatorResults.NoSuchApplication();
        }

        budgets.Forget(clientId);
        return Results.NoContent();
    }

    private static async Task<IResult> AddSecretAsync(
        string clientId, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!GrainKeys.IsApplication(clientId))
        {
            return OperatorResults.NoSuchApplication();
        }

        AddSecretAnswer answer = await grains.GetGrain<IApplicationGrain>(clientId).AddSecret(cancellationToken);
        return answer switch
        {
            { Exists: false } => OperatorResults.NoSuchApplication(),
            { Secret: { } secret } => OperatorResults.Json(
                new SecretWire(secret.Id, secret.Text, null), StatusCodes.Status201Created),
            _ => OperatorResults.Error(
                StatusCodes.Status409Conflict, "too_many_secrets", "Remove a secret before you add another."),
        };
    }

    private static async Task<IResult> RemoveSecretAsync(
        string clientId, string secretId, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!GrainKeys.IsApplication(clientId))
        {
            return OperatorResults.NoSuchApplication();
        }

        return await grains.GetGrain<IApplicationGrain>(clientId).RemoveSecret(secretId, cancellationToken) switch
        {
            RemoveSecretOutcome.Removed => Results.NoContent(),
            RemoveSecretOutcome.LastOne => OperatorResults.Error(
                StatusCodes.Status409Conflict,
                "last_secret",
                "This is the last secret. Add another before you remove it, or delete the application."),
            _ => OperatorResults.Error(StatusCodes.Status404NotFound, "not_found", "There is no such secret."),
        };
    }

    private static async Task<RegisterWire?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<RegisterWire>(
                request.Body, JsonSerializerOptions.Web, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Problems(RegisterWire body)
    {
        if (string.IsNullOrWhiteSpace(body.Name) || body.Name.Trim().Length > MaxName || body.Name.Any(char.IsControl))
        {
            yield return $"name must have 1 to {MaxName} characters.";
        }

        if (body.RedirectUris?.Count > RedirectUris.MaxCount)
        {
            yield return $"redirect_uris has at most {RedirectUris.MaxCount} entries.";
        }

        foreach (string? uri in body.RedirectUris ?? [])
        {
            if (RedirectUris.ProblemOf(uri) is { } problem)
            {
                yield return problem;
            }
        }
    }
}

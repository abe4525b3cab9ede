using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Grants;
using CalendarActors.Domain.Secrets;
using CalendarActors.Gateway.Api;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Authorization;

/// <summary>The endpoints that an application calls with its own credentials.</summary>
internal static class TokenEndpoints
{
    public const string TokenPath = "/oauth/token";
    public const string RevokePath = "/oauth/token/revoke";

    public static void MapTokenEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(TokenPath, TokenAsync).Describe(TokenDescription.Token);
        routes.MapPost(RevokePath, RevokeAsync).Describe(TokenDescription.Revoke);
        routes.MapPost("/v1/application_calendars", OpenApplicationCalendarAsync).Describe(TokenDescription.ApplicationCalendar);
    }

    private static Task<IResult> TokenAsync(HttpContext context, IGrainFactory grains, BearerTokens tokens) =>
        WithClientAsync(context, (client, parameters, cancellationToken) => parameters["grant_type"] switch
        {
            "authorization_code" => RedeemAsync(client, parameters, grains, tokens, cancellationToken),
            "refresh_token" => RefreshAsync(client, parameters, grains, tokens, cancellationToken),
            null => Refused(TokenErrors.InvalidRequest, "grant_type is missing."),
            _ => Refused(TokenErrors.UnsupportedGrantType, "grant_type is authorization_code or refresh_token."),
        });

    private static async Task<IResult> RedeemAsync(
        AuthenticatedClient client,
        ProtocolParameters parameters,
        IGrainFactory grains,
        BearerTokens tokens,
        CancellationToken cancellationToken)
    {
        if (parameters["code"] is not { } code)
        {
            return ProtocolResults.Error(TokenErrors.InvalidRequest, "code is missing.");
        }

        if (tokens.Parse(code, TokenKind.Code) is not { } token || token.ClientId != client.ClientId)
        {
            return ProtocolResults.Error(TokenErrors.InvalidGrant);
        }

        return Answer(await grains.GetGrain<IGrantGrain>(token.GrainKey).Redeem(
            new RedeemCode(
                client.ClientId,
                [.. token.Hash],
                parameters["redirect_uri"],
                parameters["code_verifier"],
                client.RotatesRefreshTokens),
            cancellationToken));
    }

    private static async Task<IResult> RefreshAsync(
        AuthenticatedClient client,
        ProtocolParameters parameters,
        IGrainFactory grains,
        BearerTokens tokens,
        CancellationToken cancellationToken)
    {
        if (parameters["refresh_token"] is not { } refreshToken)
        {
            return ProtocolResults.Error(TokenErrors.InvalidRequest, "refresh_token is missing.");
        }

        if (tokens.Parse(refreshToken, TokenKind.Refresh) is not { } token || token.ClientId != client.ClientId)
        {
            return ProtocolResults.Error(TokenErrors.InvalidGrant);
        }

        return Answer(await grains.GetGrain<IGrantGrain>(token.GrainKey).Refresh(
            new RefreshGrant(client.ClientId, token.Text, parameters["scope"], client.RotatesRefreshTokens),
            cancellationToken));
    }

    private static Task<IResult> RevokeAsync(HttpContext context, IGrainFactory grains, BearerTokens tokens) =>
        WithClientAsync(context, async (client, parameters, cancellationToken) =>
        {
            // token wins over sub; the node SDK sends refresh_token and nothing else.
            string? text = parameters["token"] ?? (parameters["sub"] is null ? parameters["refresh_token"] : null);
            if (text is not null)
            {
                Token? token = tokens.Parse(text, TokenKind.Access) ?? tokens.Parse(text, TokenKind.Refresh);
                if (token is not null && token.ClientId == client.ClientId)
                {
                    await grains.GetGrain<IGrantGrain>(token.GrainKey)
                        .RevokeByToken(client.ClientId, [.. token.Hash], cancellationToken);
                }
            }
            else if (parameters["sub"] is not { } sub)
            {
                return ProtocolResults.Error(TokenErrors.InvalidRequest, "token or sub is missing.");
            }
            else if (GrainKeys.IsGrant(sub))
            {
                await grains.GetGrain<IGrantGrain>(sub).Revoke(client.ClientId, cancellationToken);
            }

            return ProtocolResults.Empty();
        });

    private static Task<IResult> OpenApplicationCalendarAsync(
        HttpContext context, IGrainFactory grains, DerivedKeys keys) =>
        WithClientAsync(context, async (client, parameters, cancellationToken) =>
            parameters["application_calendar_id"] is not { Length: <= 255 } id
                ? ProtocolResults.Error(
                    TokenErrors.InvalidRequest, "application_calendar_id is missing or has more than 255 characters.")
                : Answer(await grains
                    .GetGrain<IGrantGrain>(GrainKeys.ApplicationCalendarGrant(keys, client.ClientId, id))
                    .OpenApplicationCalendar(client.ClientId, id, cancellationToken)));

    /// <summary>1. Read the parameters. 2. Know the client. 3. Do it.</summary>
    private static async Task<IResult> WithClientAsync(
        HttpContext context, Func<AuthenticatedClient, ProtocolParameters, CancellationToken, Task<IResult>> call)
    {
        CancellationToken cancellationToken = context.RequestAborted;
        (ProtocolParameters? parameters, string? problem) =
            await ProtocolParameters.FromBodyAsync(context.Request, cancellationToken);
        if (parameters is null)
        {
            return ProtocolResults.Error(TokenErrors.InvalidRequest, problem);
        }

        (AuthenticatedClient? client, string? error, bool usedBasic) = await context.RequestServices
            .GetRequiredService<ClientAuthentication>()
            .AuthenticateAsync(context.Request, parameters, cancellationToken);
        return client is null
            ? usedBasic ? ProtocolResults.Challenge(error!) : ProtocolResults.Error(error!)
            : await call(client, parameters, cancellationToken);
    }

    private static Task<IResult> Refused(string error, string description) =>
        Task.FromResult(ProtocolResults.Error(error, description));

    private static IResult Answer(TokenAnswer answer) => answer.Tokens is { } issued
        ? ProtocolResults.Json(TokenWire.From(issued), StatusCodes.Status200OK)
        : ProtocolResults.Error(answer.Error!);
}

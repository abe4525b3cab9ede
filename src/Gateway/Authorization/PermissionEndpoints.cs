using System.Collections.Immutable;
using System.Security.Cryptography;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Authorization;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Authorization;

/// <summary>Asking a person to let an application change events that it did not make.</summary>
internal static class PermissionEndpoints
{
    public static void MapPermissionEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapApi(HttpMethods.Post, "/v1/permissions", RequestAsync).Describe(PermissionDescription.Request);

    /// <summary>1. What is wanted. 2. Where to answer. 3. What the grant says, which lowers at once. 4. Begin to ask.</summary>
    private static async Task RequestAsync(ApiCall call)
    {
        // 1
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        ImmutableArray<PermissionChange> changes = PermissionsWire.Read(root);
        string? redirectUri = PermissionsWire.RedirectUri(root, changes);

        // 2
        IServiceProvider services = call.Context.RequestServices;
        IGrainFactory grains = services.GetRequiredService<IGrainFactory>();
        ApplicationView? application = faults.Any
            ? null
            : await grains.GetGrain<IApplicationGrain>(call.ClientId).View(CancellationToken.None);
        if (redirectUri is not null && application?.RedirectUris.Contains(redirectUri, StringComparer.Ordinal) == false)
        {
            root["redirect_uri"].Fault(FieldKeys.NotRecognized, "must be one of the application's redirect URIs");
        }

        if (faults.Any || application is null)
        {
            await (faults.Any ? call.RefuseAsync(faults) : ApiErrors.InvalidToken(call.Context));
            return;
        }

        // 3
        GrantAnswer<PermissionsAsked> answer =
            await call.Grant.RequestPermissions(call.TokenHash, changes, CancellationToken.None);
        if (answer is not { Outcome: GrantOutcome.Ok, Value: { CalendarIds.IsEmpty: false } asked })
        {
            await call.AnswerAsync(answer, static (context, _) =>
                JsonAnswer.SendAsync(context, StatusCodes.Status200OK, (string?)null, PermissionsWire.Write));
            return;
        }

        // 4
        string requestId = GrainKeys.PermissionRequest(RandomNumberGenerator.GetBytes(16));
        await grains.GetGrain<IPermissionRequestGrain>(requestId).Begin(
            new BeginPermissionRequest(
                asked.GrantId, asked.ClientId, application.Name, asked.PersonId, asked.CalendarIds, redirectUri!),
            CancellationToken.None);
        string url = $"{services.GetRequiredService<IOptions<PublicUrlOptions>>().Value.Base}/permissions/{requestId}";
        await JsonAnswer.SendAsync(call.Context, StatusCodes.Status200OK, url, PermissionsWire.Write);
    }
}

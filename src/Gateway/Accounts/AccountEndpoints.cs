using System.Text.Json;
using CalendarActors.Domain.Authorization;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Accounts;

/// <summary>Who stands behind an access token, and which profiles they have.</summary>
internal static class AccountEndpoints
{
    public static void MapAccountEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapElementApi(
                HttpMethods.Get,
                "/v1/userinfo",
                call => ShowAsync(call, AccountWire.WriteUserInfo),
                ElementPermissions.Agenda,
                ElementPermissions.AccountManagement,
                ElementPermissions.ManagedAvailability)
            .Describe(AccountDescription.UserInfo);
        routes.MapApi(HttpMethods.Get, "/v1/account", call => ShowAsync(call, AccountWire.WriteAccount))
            .Describe(AccountDescription.Account);
        routes.MapApi(HttpMethods.Get, "/v1/profiles", call => ShowAsync(call, AccountWire.WriteProfiles))
            .Describe(AccountDescription.Profiles);
        routes.MapElementApi(
                HttpMethods.Post, "/v1/profiles/{profile_id}/revoke", RevokeAsync, ElementPermissions.AccountManagement)
            .Describe(AccountDescription.Revoke);
    }

    private static async Task ShowAsync(ApiCall call, Action<Utf8JsonWriter, AccountView> write) => await call.AnswerAsync(
        await call.Grant.Account(call.TokenHash, CancellationToken.None),
        (context, view) => JsonAnswer.SendAsync(context, StatusCodes.Status200OK, view, write));

    /// <summary>The body says nothing that the path does not, whatever the library; it is not even read.</summary>
    private static async Task RevokeAsync(ApiCall call)
    {
        string profileId = call.Route("profile_id");

        // A key that no connection can have is asked of nobody, but the token still has to be good.
        await call.AcceptAsync(await call.Grant.RevokeProfile(
            call.TokenHash, GrainKeys.IsConnection(profileId) ? profileId : "", CancellationToken.None));
    }
}

using System.Text;
using CalendarActors.Domain.Authorization;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces;

namespace CalendarActors.Gateway.Api;

/// <summary>The way into the API for a browser element. The grant checks the token once more, against its own state.</summary>
internal sealed class ElementDoor(ElementTokens elements, IGrainFactory grains)
{
    /// <summary>The call that the token allows; null when it was refused and answered.</summary>
    public async Task<ApiCall?> EnterAsync(HttpContext context, string text)
    {
        if (await OpenAsync(context, text) is not { } token)
        {
            return null;
        }

        if (token.Subs is not [var sub])
        {
            await ApiErrors.Forbidden(
                context, "element_token_subs", "This call is about one account: the element token must name exactly one in subs.");
            return null;
        }

        return new ApiCall(context, token.ClientId, grains.Grant(sub), [.. Encoding.ASCII.GetBytes(text)]);
    }

    /// <summary>The token, if it is good, for this call, and from a page of its own; null when it was refused and answered.</summary>
    public async Task<ElementToken?> OpenAsync(HttpContext context, string text)
    {
        if (elements.Open(text) is not { } token)
        {
            await ApiErrors.InvalidToken(context);
            return null;
        }

        if (!ElementTokens.IsAtHome(context, token))
        {
            await ApiErrors.Forbidden(
                context, "element_token_origin", "This element token is for pages of another origin.");
            return null;
        }

        if (elements.Now >= token.ExpiresAt)
        {
            await ApiErrors.InvalidToken(context);
            return null;
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<ForElements>() is not { } open
            || !token.Permits(open.Permissions, elements.Now))
        {
            await ApiErrors.Forbidden(
                context, "element_token_permission", "This element token does not permit this call.");
            return null;
        }

        return token;
    }

    /// <summary>Refuses an element token that came as an access token.</summary>
    public async Task<bool> RefuseMisplacedAsync(HttpContext context)
    {
        if (!elements.IsMisplaced(context.Request))
        {
            return false;
        }

        await ApiErrors.Forbidden(
            context, "element_token", "An element token is no access token: it comes in the query, as et, and opens a few calls only.");
        return true;
    }
}

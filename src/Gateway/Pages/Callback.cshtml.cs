using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CalendarActors.Gateway.Pages;

/// <summary>Where a provider sends a person back to (RFC 6749 4.1.2). Shows itself only when the way back is worthless.</summary>
internal sealed class CallbackModel(IGrainFactory grains, BrowserCookies cookies) : RequestPage(grains, cookies)
{
    private const int MaxLength = 8192;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        string state = Single("state") ?? "";
        int dot = state.IndexOf('.', StringComparison.Ordinal);
        RequestId = dot < 0 ? "" : state[..dot];
        if (!GrainKeys.IsRequest(RequestId))
        {
            return Fail("expired", StatusCodes.Status410Gone);
        }

        ConnectOutcome outcome = await Grain.Arrive(
            Browser,
            new ProviderArrival(state[(dot + 1)..], Single("error") is null ? Single("code") : null, Single("error") == "access_denied"),
            cancellationToken);
        return outcome switch
        {
            ConnectOutcome.Connected or ConnectOutcome.OwnedByAnother => SeeOther($"/connect/{RequestId}"),
            ConnectOutcome.Expired => Fail("expired", StatusCodes.Status410Gone),
            _ => SeeOther(PathOf("returned?outcome=" + outcome)),
        };
    }

    private string? Single(string name) =>
        Request.Query[name] is [{ Length: > 0 and <= MaxLength } value] ? value : null;
}

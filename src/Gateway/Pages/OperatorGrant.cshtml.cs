using CalendarActors.Gateway.Operators;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Grants;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CalendarActors.Gateway.Pages;

/// <summary>One grant: what it allows whom, and what hangs on it. No name, no token.</summary>
[Authorize(Policy = OperatorSession.Policy)]
internal sealed class OperatorGrantModel(IGrainFactory grains) : PageModel
{
    /// <summary>Of the route.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Null when there is no such grant.</summary>
    public GrantStatus? View { get; private set; }

    public async Task OnGetAsync(string id, CancellationToken cancellationToken)
    {
        Id = id;
        View = GrainKeys.IsGrant(id) ? await grains.GetGrain<IGrantGrain>(id).Status(cancellationToken) : null;
        Response.StatusCode = View is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
    }
}

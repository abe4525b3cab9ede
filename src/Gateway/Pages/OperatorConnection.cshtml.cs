using CalendarActors.Gateway.Operators;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CalendarActors.Gateway.Pages;

/// <summary>One connection: how each of its calendars is kept. No name, no address.</summary>
[Authorize(Policy = OperatorSession.Policy)]
internal sealed class OperatorConnectionModel(IGrainFactory grains) : PageModel
{
    /// <summary>Null when there is no such connection.</summary>
    public ConnectionHealth? View { get; private set; }

    public async Task OnGetAsync(string id, CancellationToken cancellationToken)
    {
        View = GrainKeys.IsConnection(id) ? await grains.GetGrain<IConnectionListGrain>(0).One(id, cancellationToken) : null;
        Response.StatusCode = View is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
    }
}

using CalendarActors.Gateway.Operators;
using CalendarActors.Grains.Interfaces;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CalendarActors.Gateway.Pages;

/// <summary>Leads from an id to its page.</summary>
[Authorize(Policy = OperatorSession.Policy)]
internal sealed class OperatorFindModel : PageModel
{
    /// <summary>What was typed.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    public IActionResult OnGet()
    {
        string id = (Id ?? "").Trim();
        if (GrainKeys.IsConnection(id))
        {
            return Redirect($"/operators/connections/{id}");
        }

        if (GrainKeys.IsGrant(id))
        {
            return Redirect($"/operators/grants/{id}");
        }

        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}

using CalendarActors.Gateway.Operators;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CalendarActors.Gateway.Pages;

/// <summary>Where an operator's browser shows the key once, and is known from then on.</summary>
internal sealed class OperatorLoginModel(OperatorKey operatorKey) : PageModel
{
    private const string Home = "/operators";

    /// <summary>Where to go on; only to a page of ours.</summary>
    [BindProperty(SupportsGet = true, Name = "next")]
    public string? Next { get; set; }

    [BindProperty(Name = "key")]
    public string? Key { get; set; }

    /// <summary>True when a key was sent that is not the operator's.</summary>
    public bool IsWrong { get; private set; }

    /// <summary>Where the form goes: here, with the same end.</summary>
    public string Action => $"{OperatorSession.LoginPath}{QueryString.Create("next", Target)}";

    private string Target => Url.IsLocalUrl(Next) ? Next : Home;

    public async Task<IActionResult> OnPostAsync()
    {
        if (!operatorKey.Is((Key ?? "").Trim()))
        {
            IsWrong = true;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        await OperatorSession.SignInAsync(HttpContext, operatorKey);
        Response.Headers.Location = Target;
        return new StatusCodeResult(StatusCodes.Status303SeeOther);
    }
}

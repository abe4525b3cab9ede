using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Pages;

/// <summary>What a person or a program sees when something breaks: never a trace.</summary>
internal static class FaultPages
{
    public const string Path = "/fault";

    public static void UseFaultPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = Path,
            StatusCodeSelector = StatusOf,
        });
        app.UseWhen(
            context => PagesComposition.IsPage(context.Request.Path),
            pages => pages.UseStatusCodePagesWithReExecute(Path));
    }

    /// <summary>503 where trying again may help: a silo is down, storage does not answer, a call took too long.</summary>
    private static int StatusOf(Exception fault) => ApiGate.IsPassing(fault)
        ? StatusCodes.Status503ServiceUnavailable
        : StatusCodes.Status500InternalServerError;
}

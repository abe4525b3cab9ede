using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;

namespace CalendarActors.Gateway.Operators;

/// <summary>The Orleans Dashboard, for operators who signed in.</summary>
/// <remarks>
/// Two of its views are closed. A grain's state, because it calls grains' methods by name. Reminders, because each look at
/// them reads the whole table: the operator's own page counts them.
/// </remarks>
internal static class DashboardEndpoints
{
    public const string Path = "/dashboard";

    private static readonly string[] Closed = ["GrainState", "Reminders"];

    public static void MapDashboard(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<OperatorDashboardOptions>>().Value.IsOn)
        {
            app.MapOrleansDashboard(Path)
                .RequireAuthorization(OperatorSession.Policy)
                .ExcludeFromDescription()
                .AddEndpointFilter((context, next) => IsClosed(context.HttpContext.Request.Path)
                    ? ValueTask.FromResult<object?>(Results.NotFound())
                    : next(context));
        }
    }

    private static bool IsClosed(PathString path) =>
        Closed.Any(c => path.StartsWithSegments($"{Path}/{c}", StringComparison.OrdinalIgnoreCase));
}

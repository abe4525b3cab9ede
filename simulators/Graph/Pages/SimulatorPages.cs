using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Graph.Pages;

/// <summary>The simulator's own pages.</summary>
internal sealed class SimulatorPages(World world)
{
    public Task AnswerAsync(HttpContext context)
    {
        int count;
        lock (world.Gate)
        {
            count = world.Mailboxes.Count;
        }

        return Html.PageAsync(context, "Accounts", $"<h1>Microsoft simulator</h1><p>{count} accounts.</p>");
    }
}

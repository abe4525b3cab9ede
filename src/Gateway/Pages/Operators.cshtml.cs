using System.Globalization;
using CalendarActors.Gateway.Operators;
using CalendarActors.Grains.Interfaces.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CalendarActors.Gateway.Pages;

/// <summary>The operator's page: how things are.</summary>
[Authorize(Policy = OperatorSession.Policy)]
internal sealed class OperatorsModel(IGrainFactory grains) : PageModel
{
    /// <summary>Of the kinds that are listed, those that are shown as one figure.</summary>
    private static readonly string[] Shown = ["application", "grant", "channel", "attachment"];

    public Overview View { get; private set; } = null!;

    /// <summary>Connections by provider.</summary>
    public IEnumerable<(string Provider, long Connected, long Disconnected)> Providers => View.Listed
        .Where(c => c.Kind == "connection")
        .GroupBy(c => c.Provider, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => (g.Key, g.Where(c => c.State == "connected").Sum(c => c.Count), g.Where(c => c.State != "connected").Sum(c => c.Count)));

    /// <summary>How many there are of everything else.</summary>
    public IEnumerable<(string Kind, long Count)> Kinds => Shown.Select(
        kind => (kind, View.Listed.Where(c => c.Kind == kind).Sum(c => c.Count)));

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        View = await grains.GetGrain<IOverviewGrain>(0).Look(cancellationToken);

    /// <summary>How a bar of the histogram is named.</summary>
    public string BoundOf(LagCount lag) => double.IsPositiveInfinity(lag.UpTo)
        ? $"> {View.Calendars.Lags[^2].UpTo.ToString(CultureInfo.InvariantCulture)} s"
        : $"≤ {lag.UpTo.ToString(CultureInfo.InvariantCulture)} s";
}

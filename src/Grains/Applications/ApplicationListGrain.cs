using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces.Applications;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Applications;

/// <remarks>The list may hold applications that are gone, never lack one that is there: each is asked.</remarks>
[GrainType("application-list"), StatelessWorker]
internal sealed class ApplicationListGrain(IDirectory directory) : Grain, IApplicationListGrain
{
    private const int Most = 200;

    public async Task<ApplicationPage> Page(string? afterClientId, int limit, CancellationToken cancellationToken)
    {
        int most = Math.Clamp(limit, 1, Most);
        IReadOnlyList<DirectoryEntry> entries = await directory.ListAsync(
            DirectoryKinds.Application, null, afterClientId, most, cancellationToken);
        ApplicationView?[] views = await Task.WhenAll(
            entries.Select(e => GrainFactory.GetGrain<IApplicationGrain>(e.Key).View(cancellationToken)));
        return new ApplicationPage(
            [.. views.OfType<ApplicationView>()], entries.Count == most ? entries[^1].Key : null);
    }
}

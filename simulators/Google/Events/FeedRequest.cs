namespace CalendarActors.Simulators.Google.Events;

/// <summary>A request for a page of a listing that has sync tokens.</summary>
/// <param name="Collection">What is listed; a token is good for nothing else.</param>
/// <param name="Viewer">Who lists.</param>
/// <param name="Rights">The viewer's role: a change of it ends sync tokens.</param>
/// <param name="Shape">The parameters that must be the same in the incremental requests.</param>
internal sealed record FeedRequest(string Collection, string Viewer, string Rights, string Shape)
{
    /// <summary>The moment whose state is read.</summary>
    public required DateTimeOffset At { get; init; }

    public int PageSize { get; init; } = 250;

    public string? PageToken { get; init; }

    public string? SyncToken { get; init; }

    /// <summary>False for requests with an order or a search, whose last page has no sync token.</summary>
    public bool GivesSyncToken { get; init; } = true;

    public bool IsEmptyPage { get; init; }

    public bool RepeatsItem { get; init; }

    public bool RefusesPageToken { get; init; }
}

using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Wire;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Google.Events;

/// <summary>Pages and sync tokens over a change log (Calendar API: "Synchronize resources efficiently", checked 2026-11).</summary>
internal static class Feed
{
    /// <summary>Reads a page.</summary>
    /// <param name="state">The simulator.</param>
    /// <param name="log">The log.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="rows">The rows after one place up to another, and whether deletions count; each made when it is needed, null to leave it out.</param>
    public static FeedPage Read<T>(
        GoogleState state, ChangeLog<T> log, FeedRequest request, Func<long, long, bool, IReadOnlyList<Func<JsonObject?>>> rows)
        where T : class
    {
        PageToken page = Begin(state, log, request);
        IReadOnlyList<Func<JsonObject?>> all = rows(page.After, page.UpTo, page.IsIncremental);
        int from = request.RepeatsItem && page.Offset > 0 ? page.Offset - 1 : page.Offset;
        var items = new JsonArray();
        if (request.IsEmptyPage)
        {
            return new(items, OpaqueToken.Write(page), null);
        }

        int end = Math.Min(page.Offset + request.PageSize, all.Count);
        for (int index = from; index < end; index++)
        {
            if (all[index]() is { } item)
            {
                items.Add(item);
            }
        }

        if (end < all.Count)
        {
            return new(items, OpaqueToken.Write(page with { Offset = end }), null);
        }

        var token = new SyncToken(page.Collection, page.Viewer, page.Rights, page.Shape, page.UpTo, page.Generation, state.Now);
        return new(items, null, request.GivesSyncToken ? OpaqueToken.Write(token) : null);
    }

    private static PageToken Begin<T>(GoogleState state, ChangeLog<T> log, FeedRequest request)
        where T : class
    {
        if (request.PageToken is { } pageText)
        {
            return Continue(log, request, pageText);
        }

        var start = new PageToken(
            request.Collection, request.Viewer, request.Rights, request.Shape, 0, log.ReadableAt(request.At), 0, log.Generation, false);
        if (request.SyncToken is not { } text)
        {
            return start;
        }

        SyncToken token = OpaqueToken.Read<SyncToken>(text)
            ?? throw GoogleProblemException.Invalid("Invalid sync token value.", "syncToken");
        bool isOld = state.Options.SyncTokenLife is { } life && token.Issued + life <= state.Now;
        if (isOld || token.Collection != request.Collection || token.Viewer != request.Viewer || token.Rights != request.Rights
            || token.Generation != log.Generation || token.At < log.OldestHonored)
        {
            throw GoogleProblemException.FullSyncRequired;
        }

        // Google says that behavior is undefined then; being refused is the kind that a test notices.
        return token.Shape == request.Shape
            ? start with { After = token.At, UpTo = Math.Max(token.At, start.UpTo), IsIncremental = true }
            : throw GoogleProblemException.Invalid("The sync token was given to a request with other parameters.", "syncToken");
    }

    private static PageToken Continue<T>(ChangeLog<T> log, FeedRequest request, string text)
        where T : class
    {
        PageToken? page = OpaqueToken.Read<PageToken>(text);
        bool isDead = page is not null && page.Generation != log.Generation;
        if (page is { IsIncremental: true } && isDead)
        {
            throw GoogleProblemException.FullSyncRequired;
        }

        return page is null || isDead || request.RefusesPageToken || page.Collection != request.Collection
            || page.Viewer != request.Viewer || page.Rights != request.Rights || page.Shape != request.Shape
            ? throw GoogleProblemException.Invalid("Invalid page token value.", "pageToken")
            : page;
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using CalendarActors.Domain.Providers;

namespace CalendarActors.Providers.CalDav;

/// <summary>Finds what changed in one collection.</summary>
/// <remarks>
/// 1. One small request for the collection's tags: where they are those of the cursor, nothing changed and that is all.
/// 2. A change report from the cursor (RFC 6578), or a listing of etags where the server keeps no change log. 3. The
/// contents of what changed. The new cursor is made of tags taken before the contents, so that what changes meanwhile
/// is found again by the next pull.
/// </remarks>
internal sealed class CalDavPull(DavClient client, Uri collection)
{
    private const int MaxPages = 1000;

    private static readonly ProviderFault Resync = new(ProviderFaultKind.ResyncRequired, "The server does not know the cursor (any more).");

    private static readonly XName[] Tags =
    [
        DavNames.CTag, DavNames.SyncToken, DavNames.SupportedReports, DavNames.ResourceType,
        DavNames.CalendarTimezone, DavNames.CalendarTimezoneId,
    ];

    /// <summary>Everything, or what changed since a cursor.</summary>
    public async Task<ProviderResult<PullChanges>> PullAsync(string? text, CancellationToken cancellationToken)
    {
        CalDavCursor? cursor = null;
        if (text is not null && !CalDavCursor.TryParse(text, out cursor))
        {
            return Resync;
        }

        (DavRow? tags, ProviderFault? fault) = await ReadTagsAsync(cancellationToken);
        if (tags is null)
        {
            return fault!;
        }

        return cursor switch
        {
            null => await PullAllAsync(tags, cancellationToken),
            { IsSync: true } => await PullSyncAsync(tags, cursor, cancellationToken),
            _ => await PullListedAsync(tags, cursor, cancellationToken),
        };
    }

    /// <summary>The differences between what is known and what is there.</summary>
    public async Task<ProviderResult<PullChanges>> ReconcileAsync(
        IReadOnlyDictionary<string, KnownVersion> known, CancellationToken cancellationToken)
    {
        (DavRow? tags, ProviderFault? fault) = await ReadTagsAsync(cancellationToken);
        (CalDavListing? listing, ProviderFault? failed) = tags is null ? (null, fault) : await ListAsync(tags, cancellationToken);
        if (listing is null)
        {
            return failed!;
        }

        // Without an etag on either side nobody can tell, so it is read.
        IEnumerable<string> different = listing.Etags
            .Where(e => !known.TryGetValue(e.Key, out KnownVersion had) || had.Version is null || had.Version != e.Value)
            .Select(e => e.Key);
        IEnumerable<string> removed = known.Keys.Where(id => !listing.Etags.ContainsKey(id));
        ProviderResult<PullChanges> changes = await ContentsAsync(
            different, removed, listing.Cursor, isComplete: false, tags!, cancellationToken);

        // Resources that never were events are in every listing; they are no difference.
        return changes.IsSuccess
            ? changes.Value with { Removed = [.. changes.Value.Removed.Where(known.ContainsKey)] }
            : changes;
    }

    private async Task<(DavRow? Tags, ProviderFault? Fault)> ReadTagsAsync(CancellationToken cancellationToken)
    {
        DavResult result = await client.PropfindAsync(collection, 0, "reading the calendar's tags", cancellationToken, Tags);
        if (!result.IsAnswered || !result.Answer.IsMultistatus)
        {
            return (null, result.Fault ?? DavFaults.From(result.Answer!, "reading the calendar's tags", client.Now));
        }

        return result.Answer.Self is { Status: not (404 or 410) } self && self[DavNames.ResourceType]?.Element(DavNames.Calendar) is not null
            ? (self, null)
            : (null, new ProviderFault(ProviderFaultKind.NotFound, "reading the calendar's tags: there is no calendar at its address."));
    }

    private async Task<ProviderResult<PullChanges>> PullAllAsync(DavRow tags, CancellationToken cancellationToken)
    {
        (CalDavListing? listing, ProviderFault? fault) = await ListAsync(tags, cancellationToken);
        return listing is null
            ? fault!
            : await ContentsAsync(listing.Etags.Keys, [], listing.Cursor, isComplete: true, tags, cancellationToken);
    }

    private async Task<ProviderResult<PullChanges>> PullListedAsync(DavRow tags, CalDavCursor cursor, CancellationToken cancellationToken)
    {
        if (tags.Text(DavNames.CTag) is { } ctag && ctag == cursor.CTag)
        {
            return Nothing(cursor, tags);
        }

        (CalDavListing? listing, ProviderFault? fault) = await ListAsync(tags, cancellationToken);
        if (listing is null)
        {
            return fault!;
        }

        return !listing.Cursor.IsSync && listing.Cursor.Mark.Length > 0 && listing.Cursor.Mark == cursor.Mark
            ? Nothing(listing.Cursor, tags)
            : await ContentsAsync(listing.Etags.Keys, [], listing.Cursor, isComplete: true, tags, cancellationToken);
    }

    private async Task<ProviderResult<PullChanges>> PullSyncAsync(DavRow tags, CalDavCursor cursor, CancellationToken cancellationToken)
    {
        // Both tags: one server's token is a clock that ticks seconds, and two changes may share one.
        string ctag = tags.Text(DavNames.CTag) ?? "";
        if (tags.Text(DavNames.SyncToken) == cursor.Mark && ctag == cursor.CTag)
        {
            return Nothing(cursor, tags);
        }

        HashSet<string> changed = new(StringComparer.Ordinal);
        HashSet<string> removed = new(StringComparer.Ordinal);
        string token = cursor.Mark;
        for (int page = 0; ; page++)
        {
            DavResult result = await client.ReportAsync(collection, SyncReport(token), 0, "reading changes", cancellationToken);
            if (!result.IsAnswered)
            {
                return result.Fault;
            }

            if (!result.Answer.IsMultistatus)
            {
                return await IsLostAsync(result.Answer, cancellationToken)
                    ? Resync
                    : DavFaults.From(result.Answer, "reading changes", client.Now);
            }

            bool isTruncated = false;
            foreach (DavRow row in result.Answer.Rows)
            {
                isTruncated |= row.Status == 507;
                if (DavPath.IsIn(collection, row.Address))
                {
                    bool isGone = row.Status is 404 or 410;
                    (isGone ? removed : changed).Add(row.Path);
                    (isGone ? changed : removed).Remove(row.Path);
                }
            }

            string next = result.Answer.SyncToken ?? token;
            if (!isTruncated)
            {
                return await ContentsAsync(changed, removed, new CalDavCursor(true, ctag, next), false, tags, cancellationToken);
            }

            if (next == token || page == MaxPages)
            {
                return Resync;
            }

            token = next;
        }
    }

    // The collection has just answered, so most refusals are about the token, by whatever status. A server error may be
    // either (xandikos answers 500 to a token it does not know): a report from the beginning tells which.
    private async Task<bool> IsLostAsync(DavAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Names(DavNames.ValidSyncToken))
        {
            return true;
        }

        if (answer.Status < 500)
        {
            return answer.Status is >= 400 and not (401 or 403 or 408 or 423 or 425 or 429);
        }

        if (answer.Status is not (500 or 507))
        {
            return false;
        }

        DavResult again = await client.ReportAsync(collection, SyncReport(""), 0, "reading changes from the beginning", cancellationToken);
        return again.IsTooLarge || again.Answer?.IsMultistatus == true;
    }

    private static XElement SyncReport(string token) => new(
        DavNames.Dav + "sync-collection",
        new XElement(DavNames.SyncToken, token),
        new XElement(DavNames.Dav + "sync-level", "1"),
        new XElement(DavNames.Dav + "prop", new XElement(DavNames.GetEtag)));

    private async Task<(CalDavListing? Listing, ProviderFault? Fault)> ListAsync(DavRow tags, CancellationToken cancellationToken)
    {
        DavResult result = await client.PropfindAsync(collection, 1, "listing events", cancellationToken, DavNames.GetEtag, DavNames.ResourceType);
        if (!result.IsAnswered || !result.Answer.IsMultistatus)
        {
            return (null, result.Fault ?? DavFaults.From(result.Answer!, "listing events", client.Now));
        }

        SortedDictionary<string, string?> etags = new(StringComparer.Ordinal);
        foreach (DavRow row in result.Answer.Rows)
        {
            if (DavPath.IsIn(collection, row.Address)
                && row.Status is null or (>= 200 and < 300)
                && row[DavNames.ResourceType]?.Element(DavNames.Dav + "collection") is null)
            {
                etags[row.Path] = row.Text(DavNames.GetEtag);
            }
        }

        string ctag = tags.Text(DavNames.CTag) ?? "";
        return (new CalDavListing(etags, tags.Text(DavNames.SyncToken) is { } token && KeepsChanges(tags)
            ? new CalDavCursor(true, ctag, token)
            : new CalDavCursor(false, ctag, Digest(etags))), null);
    }

    private static bool KeepsChanges(DavRow tags) =>
        tags[DavNames.SupportedReports] is not { HasElements: true } reports
        || reports.Descendants(DavNames.Dav + "sync-collection").Any();

    // Empty when a resource has no etag: then only reading everything tells.
    private static string Digest(SortedDictionary<string, string?> etags)
    {
        if (etags.ContainsValue(null))
        {
            return "";
        }

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string path, string? etag) in etags)
        {
            digest.AppendData(Encoding.UTF8.GetBytes($"{path}\n{etag}\n"));
        }

        return Convert.ToHexString(digest.GetHashAndReset().AsSpan(0, 16));
    }

    private static PullChanges Nothing(CalDavCursor cursor, DavRow tags) =>
        new([], [], cursor.ToString(), IsComplete: false, CalDavDiscovery.ZoneOf(tags), []);

    private async Task<ProviderResult<PullChanges>> ContentsAsync(
        IEnumerable<string> paths,
        IEnumerable<string> removed,
        CalDavCursor next,
        bool isComplete,
        DavRow tags,
        CancellationToken cancellationToken)
    {
        var contents = new CalDavContents(client, collection);
        return await contents.FetchAsync(paths, cancellationToken) is { } fault
            ? fault
            : new PullChanges(
                contents.Items,
                isComplete ? [] : [.. removed, .. contents.Gone],
                next.ToString(),
                isComplete,
                CalDavDiscovery.ZoneOf(tags),
                contents.Unreadable);
    }
}

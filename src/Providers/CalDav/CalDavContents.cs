using System.Collections.Immutable;
using System.Text;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.ICalendar;

namespace CalendarActors.Providers.CalDav;

/// <summary>Fetches the contents of known resources, fifty at a time (RFC 4791 section 7.9).</summary>
internal sealed class CalDavContents(DavClient client, Uri collection)
{
    private const int ChunkSize = 50;
    private const int MaxSingleReads = 50;

    private readonly ImmutableArray<ProviderItem>.Builder _items = ImmutableArray.CreateBuilder<ProviderItem>();
    private readonly ImmutableArray<string>.Builder _gone = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<string>.Builder _unreadable = ImmutableArray.CreateBuilder<string>();
    private int _singleReads;

    /// <summary>Events that were read.</summary>
    public ImmutableArray<ProviderItem> Items => _items.ToImmutable();

    /// <summary>Paths where there is no event: nothing any more, or something that is none.</summary>
    public ImmutableArray<string> Gone => _gone.ToImmutable();

    /// <summary>Paths of what cannot be read.</summary>
    public ImmutableArray<string> Unreadable => _unreadable.ToImmutable();

    /// <summary>Reads resources; null when all went well.</summary>
    public async Task<ProviderFault?> FetchAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        foreach (string[] chunk in paths.Distinct(StringComparer.Ordinal).Chunk(ChunkSize))
        {
            if (await FetchChunkAsync(chunk, cancellationToken) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private async Task<ProviderFault?> FetchChunkAsync(string[] paths, CancellationToken cancellationToken)
    {
        DavResult result = await client.MultigetAsync(collection, paths, "reading events", cancellationToken);
        if (result.IsTooLarge)
        {
            return await FetchHalvesAsync(paths, cancellationToken);
        }

        if (!result.IsAnswered || !result.Answer.IsMultistatus)
        {
            return result.Fault ?? DavFaults.From(result.Answer!, "reading events", client.Now);
        }

        Dictionary<string, DavRow> rows = [];
        foreach (DavRow row in result.Answer.Rows)
        {
            rows[row.Path] = row;
        }

        foreach (string path in paths)
        {
            if (rows.GetValueOrDefault(path) is { } row && (row.Status is 404 or 410 || row.Text(DavNames.CalendarData) is not null))
            {
                Add(path, row.Text(DavNames.GetEtag), row.Status is 404 or 410 ? null : row[DavNames.CalendarData]!.Value);
            }
            else if (await ReadSingleAsync(path, cancellationToken) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private async Task<ProviderFault?> FetchHalvesAsync(string[] paths, CancellationToken cancellationToken)
    {
        if (paths.Length == 1)
        {
            _unreadable.Add(paths[0]);
            return null;
        }

        int half = paths.Length / 2;
        return await FetchChunkAsync(paths[..half], cancellationToken) ?? await FetchChunkAsync(paths[half..], cancellationToken);
    }

    // Some servers leave out a row for what is gone, some for what they could not read: only the resource itself can say
    // which. Many such rows at once are not believed at all.
    private async Task<ProviderFault?> ReadSingleAsync(string path, CancellationToken cancellationToken)
    {
        if (++_singleReads > MaxSingleReads)
        {
            return new ProviderFault(ProviderFaultKind.Transient, "reading events: the server left out many of those asked for.");
        }

        DavResult result = await client.GetAsync(new Uri(collection, path), "reading an event", cancellationToken);
        if (result.IsTooLarge)
        {
            _unreadable.Add(path);
            return null;
        }

        if (!result.IsAnswered)
        {
            return result.Fault;
        }

        switch (result.Answer.Status)
        {
            case 404 or 410:
                Add(path, null, null);
                return null;
            case 200:
                Add(path, EtagOf(result.Answer), Encoding.UTF8.GetString(result.Answer.Response.Body));
                return null;
            default:
                return DavFaults.From(result.Answer, "reading an event", client.Now);
        }
    }

    /// <summary>
    /// The etag of a resource's own answer. Some servers weaken it there although their listings do not (Cyrus): the
    /// same text is the same version.
    /// </summary>
    public static string? EtagOf(DavAnswer answer) =>
        answer.Response.Headers.TryGetValues("ETag", out IEnumerable<string>? values)
            ? values.First().Trim() is ['W', '/', .. var strong] ? strong : values.First().Trim()
            : null;

    private void Add(string path, string? etag, string? text)
    {
        CalendarReading? reading = text is null ? null : OwnAnswers.Applied(CalendarObjectReader.Read(text), client.Addresses);
        if (reading is null or { IsOther: true })
        {
            _gone.Add(path);
        }
        else if (reading.Object is null)
        {
            _unreadable.Add(path);
        }
        else
        {
            _items.Add(new ProviderItem(path, etag, reading.Object));
        }
    }
}

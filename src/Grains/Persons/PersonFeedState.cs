using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Persons;
using NodaTime;

namespace CalendarActors.Grains.Persons;

/// <summary>What a person's listeners have not all seen, as stored: the row exists only while there is something.</summary>
[GenerateSerializer, Immutable, Alias("person-feed-state")]
internal sealed record PersonFeedState
{
    /// <summary>More entries than that are joined, one for each source and kind.</summary>
    public const int Most = 200;

    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>By sequence.</summary>
    [Id(1)]
    public ImmutableArray<ToldState> Told { get; init; } = [];

    /// <summary>True when all is seen.</summary>
    public bool IsEmpty => Told.IsEmpty;

    /// <summary>The same with one news more.</summary>
    /// <param name="news">What is told.</param>
    /// <param name="sequence">The entry's: above all that there are.</param>
    /// <param name="readThrough">An entry after this one was read by nobody: the news joins it, under the new sequence.</param>
    public PersonFeedState With(PersonNews news, long sequence, long readThrough)
    {
        ToldState told = new(
            new FeedEntry(sequence, news.Kind, news.SourceId, news.ConnectionId, news.Since, news.Origins), news.Version, news.Since);
        if (Told.LastOrDefault(t => t.IsOf(news)) is { } last && last.Entry.Sequence > readThrough)
        {
            return this with { Told = Told.Remove(last).Add(Joined(last, told)) };
        }

        ImmutableArray<ToldState> all = Told.Add(told);
        return this with
        {
            Told = all.Length <= Most
                ? all
                : [.. all.GroupBy(t => (t.Entry.Kind, t.Entry.SourceId)).Select(g => g.Aggregate(Joined)).OrderBy(t => t.Entry.Sequence)],
        };
    }

    /// <summary>The same without what all have seen.</summary>
    public PersonFeedState After(long sequence) =>
        Told.IsEmpty || Told[0].Entry.Sequence > sequence
            ? this
            : this with { Told = Told.RemoveAll(t => t.Entry.Sequence <= sequence) };

    /// <summary>Two of one source and kind as one: who has not read the earlier one misses nothing.</summary>
    private static ToldState Joined(ToldState earlier, ToldState later) => later with
    {
        Entry = later.Entry with
        {
            Since = Instant.Min(earlier.Entry.Since, later.Entry.Since),
            Origins = ChangeOrigins.Joined(earlier.Entry.Origins, later.Entry.Origins),
        },
    };
}

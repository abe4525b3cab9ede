using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Persons;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>A channel of a test: it reads a person's feed when the test says so.</summary>
internal sealed class TestListener
{
    private static int _count;

    private TestListener(IPersonGrain person, string id)
    {
        Person = person;
        Id = id;
    }

    public string Id { get; }

    /// <summary>What it read last.</summary>
    public long Position { get; private set; }

    private IPersonGrain Person { get; }

    public static async Task<TestListener> OfAsync(IPersonGrain person)
    {
        TestListener listener = Make(person);
        await listener.ListenAsync();
        return listener;
    }

    /// <summary>One that does not listen yet.</summary>
    public static TestListener Make(IPersonGrain person) =>
        new(person, $"{TestListeners.Prefix}{Interlocked.Increment(ref _count)}");

    public async Task ListenAsync() => Position = await Person.Listen(Id, default);

    /// <summary>Reads on, and says that it did.</summary>
    public async Task<ImmutableArray<FeedEntry>> HearAsync()
    {
        ImmutableArray<FeedEntry> entries = await ReadAsync();
        await SeenAsync();
        return entries;
    }

    /// <summary>Reads on.</summary>
    public async Task<ImmutableArray<FeedEntry>> ReadAsync()
    {
        var all = ImmutableArray.CreateBuilder<FeedEntry>();
        PersonFeed page;
        do
        {
            page = await Person.Feed(Position, default);
            all.AddRange(page.Entries);
            Position = page.Entries.IsEmpty ? Position : page.Entries[^1].Sequence;
        }
        while (!page.Entries.IsEmpty && Position < page.Last);
        return all.DrainToImmutable();
    }

    public Task SeenAsync() => Person.Seen(Id, Position, default);
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Channels;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Channels;
using CalendarActors.Grains.Interfaces.Persons;
using NodaTime;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>A channel of an application of its own to a person of its own.</summary>
internal sealed class TestChannel
{
    public const string Url = "https://hooks.test/?secret=callback-canary";

    private static int _count;

    private TestChannel(CalendarCluster cluster, string clientId, string personId)
    {
        Cluster = cluster;
        ClientId = clientId;
        PersonId = personId;
        Id = GrainKeys.Channel(SHA256.HashData(Encoding.UTF8.GetBytes($"{clientId} {personId}")).AsSpan(0, 12));
    }

    public CalendarCluster Cluster { get; }

    public string ClientId { get; }

    public string PersonId { get; }

    public string Id { get; }

    public List<byte[]> Secrets { get; } = [];

    public IChannelGrain Grain => Cluster.Grains.GetGrain<IChannelGrain>(Id);

    public IPersonGrain Person => Cluster.Grains.GetGrain<IPersonGrain>(PersonId);

    public IApplicationGrain Application => Cluster.Grains.GetGrain<IApplicationGrain>(ClientId);

    public SunkCall[] Calls => Cluster.Sink.Calls(Id);

    public SunkCall[] Changes => [.. Calls.Where(c => c.Type == "change")];

    public Instant Now => Instant.FromDateTimeOffset(Cluster.Time.GetUtcNow());

    /// <summary>One that is not open yet.</summary>
    /// <param name="cluster">Where.</param>
    /// <param name="like">Of the same person, for the same application; null for new ones.</param>
    public static async Task<TestChannel> MakeAsync(CalendarCluster cluster, TestChannel? like = null)
    {
        int number = Interlocked.Increment(ref _count);
        if (like is not null)
        {
            TestChannel other = new(cluster, like.ClientId, $"{like.PersonId}_{number}");
            other.Secrets.AddRange(like.Secrets);
            return other;
        }

        TestChannel channel = new(cluster, $"app_channel{number}", $"per_channel{number}");
        NewSecret secret = await channel.Application.Register(new RegisterApplication("Listener", [], false), default);
        channel.Secrets.Add(Encoding.ASCII.GetBytes(secret.Text));
        return channel;
    }

    /// <summary>One that is open, and whose verification was taken and stored.</summary>
    public static async Task<TestChannel> OpenAsync(CalendarCluster cluster, ChannelFilter? filter = null)
    {
        TestChannel channel = await MakeAsync(cluster);
        await channel.OpenAsync(filter);
        await channel.SettleAsync();
        return channel;
    }

    public Task<ChannelView> OpenAsync(ChannelFilter? filter = null, string? personId = null) => Grain.Open(
        new OpenChannel(ClientId, "acc_1", personId ?? PersonId, Url, filter ?? ChannelFilter.None), default);

    public Task TellAsync(
        string calendarId = "cal_1", Instant? since = null, NewsKind kind = NewsKind.Changed, params ImmutableArray<ChangeOrigin> origins) =>
        Person.Tell(
            new PersonNews(
                kind, calendarId, "pro_1", Interlocked.Increment(ref _count), since ?? Now, origins.IsEmpty ? [new(null, null)] : origins),
            default);

    /// <summary>Until everything is told and stored, and the feed let go.</summary>
    public Task SettleAsync(TimeSpan? within = null, TimeSpan? step = null) => Cluster.UntilAsync(
        () => Task.FromResult(IsSettled), "everything is told and stored", within, step);

    public bool IsSettled => Cluster.Rows.Bytes(StorageNames.ChannelOutbox, Id) is null
        && Cluster.Rows.Bytes(StorageNames.PersonFeed, PersonId) is null
        && Calls.Length > 0;

    public async Task<ImmutableArray<Delivery>> LogAsync() => (await Grain.Deliveries(0, 1_000, default))!.Deliveries;
}

using System.Collections.Immutable;
using System.Text.Json;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Interfaces.Triggers;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Grains.Tests.Triggers;

/// <summary>A person's calendar with an event of an application's that is to happen soon, and somewhere to call.</summary>
internal sealed class TriggerScene
{
    public const string EventId = "booking-42";

    public static readonly Transition FiveBefore = new(IsBefore: true, EventEdge.Start, 5);

    private static int _count;

    private long _version;

    private TriggerScene(CalendarCluster cluster, TestLogin login)
    {
        int number = Interlocked.Increment(ref _count);
        (Cluster, Login) = (cluster, login);
        ClientId = GrainKeys.Application([1, 2, 3, 4, 5, 6, 7, 8, 9, (byte)number]);
        GrantId = $"acc_{number}";
        Address = $"https://example.com/hooks/{number}?secret=1";
        Begin = Now;
    }

    public CalendarCluster Cluster { get; }

    public TestLogin Login { get; }

    public string ClientId { get; }

    public string GrantId { get; }

    public string Address { get; }

    /// <summary>When the scene was made.</summary>
    public Instant Begin { get; }

    /// <summary>The application's secret.</summary>
    public string Secret { get; private set; } = "";

    public ITriggerGrain Triggers => Cluster.Grains.TriggersOf(Login.CalendarId);

    public IApplicationGrain Application => Cluster.Grains.GetGrain<IApplicationGrain>(ClientId);

    public string TriggerKey => GrainKeys.Trigger(Login.CalendarId);

    public Instant Now => Instant.FromDateTimeOffset(Cluster.Time.GetUtcNow());

    public int Calls => Told.Length;

    public SunkCall[] Told => Cluster.Sink.Calls(Address);

    public string[] Bodies => [.. Told.Select(c => c.Body)];

    /// <summary>True while anything is stored of the triggers or a call of them.</summary>
    public bool IsStored => Cluster.Rows.Bytes(StorageNames.Trigger, TriggerKey) is not null || IsOwed;

    /// <summary>True while a call of this scene is owed: those of others are done.</summary>
    public bool IsOwed
    {
        get
        {
            HashSet<string> owed = new(StringComparer.Ordinal);
            foreach (StoredRows.Write write in Cluster.Rows.Writes.Where(w => w.State == StorageNames.TriggerCall))
            {
                _ = write.IsClear ? owed.Remove(write.Key) : owed.Add(write.Key);
            }

            return owed.Count > 0;
        }
    }

    /// <summary>An event that starts some minutes after the scene was made and takes half an hour; nobody subscribed yet.</summary>
    public static async Task<TriggerScene> MakeAsync(CalendarCluster cluster, int minute = 10)
    {
        TriggerScene scene = new(cluster, await TestLogin.ConnectedAsync(cluster));
        NewSecret secret = await scene.Application.Register(new RegisterApplication("Planner", ["https://example.com/"], false), default);
        scene.Secret = secret.Text;
        await scene.Login.Person.AddGrant(scene.GrantId, default);
        await scene.PutAsync(minute);
        await scene.Login.UntilSyncedAsync();
        return scene;
    }

    public Instant At(double minutes) => Begin + Duration.FromSeconds(Math.Round(minutes * 60));

    /// <summary>The application writes the event.</summary>
    public Task<WriteAnswer> PutAsync(int minute, params ImmutableArray<RecurrenceRule> rules) => Login.Calendar.Upsert(
        new UpsertEvent(ClientId, EventId, ChangeTo(minute) with { Rules = Change<ImmutableArray<RecurrenceRule>>.To(rules) }), default);

    /// <summary>The application writes another event.</summary>
    public Task<WriteAnswer> PutOtherAsync(string eventId, int minute) =>
        Login.Calendar.Upsert(new UpsertEvent(ClientId, eventId, ChangeTo(minute)), default);

    public Task<bool> SubscribeAsync(params Transition[] transitions) =>
        Triggers.Subscribe(Request(EventId, transitions.Length == 0 ? [FiveBefore] : transitions), default);

    public SubscribeEvent Request(string eventId, params Transition[] transitions) =>
        new(Login.PersonId, GrantId, ClientId, eventId, [new EventSubscription(Address, [.. transitions])]);

    /// <summary>Somebody moves the event at the provider; it is pulled, and the person is told.</summary>
    public async Task MoveAtProviderAsync(int minute)
    {
        (string id, ProviderItem item) = Login.Remote.Items.Single();
        Login.Remote.Put(ChangeTo(minute).ApplyTo(item.Object, item.Object.Uid), id);
        await HearAsync();
    }

    /// <summary>Somebody deletes the event at the provider; it is pulled, and the person is told.</summary>
    public async Task RemoveAtProviderAsync()
    {
        Login.Remote.Remove(Login.Remote.Items.Single().Key);
        await HearAsync();
    }

    /// <summary>Lets time pass until something is so, by steps that no call can hide in.</summary>
    public Task UntilAsync(Func<bool> isSo, string what, int minutes = 30) =>
        Cluster.UntilAsync(() => Task.FromResult(isSo()), what, TimeSpan.FromMinutes(minutes), TimeSpan.FromSeconds(5));

    public async Task PassUntilAsync(double minutes)
    {
        while (Now < At(minutes))
        {
            await Cluster.PassAsync(TimeSpan.FromSeconds(5));
        }
    }

    /// <summary>The starts that the calls told of.</summary>
    public string[] Starts() => [.. Bodies.Select(b => JsonDocument.Parse(b).RootElement.GetProperty("event").GetProperty("start").GetString()!)];

    public string Text(int minute) => $"{At(minute):uuuu-MM-ddTHH:mm:ss}Z";

    /// <summary>Leaves nothing that others would wait for.</summary>
    public async Task EndAsync()
    {
        await Triggers.Unsubscribe(ClientId, null, default);
        await Login.Connection.Revoke(default);
    }

    private EventChange ChangeTo(int minute) => new()
    {
        Start = CalendarTime.Utc(Whole(minute)),
        End = CalendarTime.Utc(Whole(minute + 30)),
        Summary = "Secret plans",
    };

    private Instant Whole(int minute) => Instant.FromUnixTimeSeconds(At(minute).ToUnixTimeSeconds());

    private async Task HearAsync()
    {
        await Login.UntilPulledAsync();
        await Login.Person.Tell(
            new PersonNews(NewsKind.Changed, Login.CalendarId, Login.ConnectionId, 1_000_000 + ++_version, Now, [new ChangeOrigin(ClientId, null)]),
            default);
    }
}

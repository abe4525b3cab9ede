using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Events;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Graph.Subscriptions;

/// <summary>All subscriptions, and what is on its way to them. Guarded by the simulator's lock.</summary>
internal sealed class SubscriptionBook(World world, NotificationPump pump, NotificationScript script)
{
    private readonly List<Subscription> _subscriptions = [];
    private readonly List<(Subscription To, JsonObject Item, NotificationFate Fate)> _unsent = [];
    private readonly HashSet<(Mailbox Mailbox, string Resource)> _everWatched = [];

    /// <summary>How many subscriptions were made for what had been watched before and was not just then.</summary>
    public int Lapses { get; private set; }

    public IReadOnlyList<Subscription> Alive
    {
        get
        {
            _subscriptions.RemoveAll(one => one.Expires <= world.Options.Time.GetUtcNow());
            return _subscriptions;
        }
    }

    public void Add(Subscription subscription)
    {
        bool isNew = _everWatched.Add((subscription.Mailbox, subscription.Resource));
        Lapses += !isNew && !Alive.Any(one => one.Mailbox == subscription.Mailbox && one.Resource == subscription.Resource) ? 1 : 0;
        _subscriptions.Add(subscription);
    }

    public void Remove(Subscription subscription) => _subscriptions.Remove(subscription);

    /// <summary>Called before a change is stored; says how long readers do not see it.</summary>
    public TimeSpan Tell(Mailbox mailbox, CalendarFolder calendar, Instance changed, string change)
    {
        TimeSpan hidden = TimeSpan.Zero;
        foreach (Subscription one in Alive.Where(one => one.Mailbox == mailbox
            && (one.Calendar is null || one.Calendar == calendar) && one.ChangeTypes.Contains(change)))
        {
            NotificationFate fate = script.Decide();
            hidden = fate.HideChangeFor > hidden ? fate.HideChangeFor : hidden;
            _unsent.Add((one, Item(one, changed, change), fate));
        }

        return hidden;
    }

    public void TellLifecycle(Subscription subscription, string lifecycle)
    {
        if (subscription.LifecycleUrl is not { } url)
        {
            return;
        }

        var item = new JsonObject
        {
            ["subscriptionId"] = subscription.Id,
            ["subscriptionExpirationDateTime"] = Stamp(subscription.Expires),
            ["tenantId"] = subscription.Mailbox.User.TenantId,
            ["clientState"] = subscription.ClientState,
            ["lifecycleEvent"] = lifecycle,
        };
        pump.Enqueue(Message(subscription.Id, url, [item], subscription.ClientState is not null));
    }

    /// <summary>Hands what is unsent to the pump: what has the same address and the same fate goes in one message.</summary>
    public void Flush()
    {
        foreach (var batch in _unsent.GroupBy(static one => (one.To.Url, one.Fate)))
        {
            foreach (var few in batch.Chunk(50))
            {
                pump.Enqueue(
                    Message(few[0].To.Id, batch.Key.Url, [.. few.Select(static one => one.Item)], few.All(static one => one.To.ClientState is not null)),
                    batch.Key.Fate);
            }
        }

        _unsent.Clear();
    }

    private static Notification Message(string channel, Uri url, JsonObject[] items, bool isSecret)
    {
        string body = Body(items);
        foreach (JsonObject item in isSecret ? items : [])
        {
            item["clientState"] = "forged";
        }

        var message = new Notification(channel, url) { Body = body };
        return isSecret ? message with { Forgery = message with { Body = Body(items) } } : message;
    }

    private static string Body(JsonObject[] items) =>
        new JsonObject { ["value"] = new JsonArray([.. items.Select(static item => item.DeepClone())]) }.ToJsonString();

    private static JsonObject Item(Subscription to, Instance changed, string change)
    {
        string resource = $"Users/{to.Mailbox.User.Id}/Events/{changed.IdIn(to.ImmutableIds)}";
        return new()
        {
            ["subscriptionId"] = to.Id,
            ["subscriptionExpirationDateTime"] = Stamp(to.Expires),
            ["changeType"] = change,
            ["resource"] = resource,
            ["resourceData"] = new JsonObject
            {
                ["@odata.type"] = "#Microsoft.Graph.Event",
                ["@odata.id"] = resource,
                ["@odata.etag"] = changed.Event.ETag,
                ["id"] = changed.IdIn(to.ImmutableIds),
            },
            ["clientState"] = to.ClientState,
            ["tenantId"] = to.Mailbox.User.TenantId,
        };
    }

    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ");
}

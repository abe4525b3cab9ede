using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Kit;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Graph.Subscriptions;

/// <summary><c>/subscriptions</c>.</summary>
internal sealed class SubscriptionEndpoints(World world, SubscriptionBook book, NotificationPump pump)
{
    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(45);
    private static readonly string[] KnownChanges = ["created", "updated", "deleted"];

    public async Task AnswerAsync(GraphCall call)
    {
        if (call is { Method: "POST", Path: [] })
        {
            await GraphAnswer.JsonAsync(call.Context, await CreateAsync(call), 201);
            return;
        }

        JsonObject? answer;
        lock (world.Gate)
        {
            answer = Answer(call);
        }

        if (answer is not null)
        {
            await GraphAnswer.JsonAsync(call.Context, answer);
        }
        else
        {
            call.Context.Response.StatusCode = call.Method == "DELETE" ? StatusCodes.Status204NoContent : StatusCodes.Status202Accepted;
        }
    }

    private JsonObject? Answer(GraphCall call)
    {
        switch (call.Method, call.Path)
        {
            case ("GET", []):
                return Paging.Of(call, [.. book.Alive.Where(one => one.Mailbox == call.Mailbox)], world.Options.PageSize, Shape, "subscriptions");
            case ("GET", [var id]):
                return Shape(Find(call, id));
            case ("PATCH", [var id]):
                Subscription renewed = Find(call, id);
                renewed.Expires = Life(call);
                return Shape(renewed);
            case ("POST", [var id, "reauthorize"]):
                Find(call, id);
                return null;
            case ("DELETE", [var id]):
                book.Remove(Find(call, id));
                return null;
            default:
                throw new GraphFailure(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
        }
    }

    // 1. read what is wanted; 2. have both addresses prove themselves, without the lock as they may call back; 3. add it.
    private async Task<JsonObject> CreateAsync(GraphCall call)
    {
        Subscription wanted;
        lock (world.Gate)
        {
            wanted = Read(call);
        }

        await ProveAsync(call, wanted.Id, wanted.Url);
        if (wanted.LifecycleUrl is { } lifecycle)
        {
            await ProveAsync(call, wanted.Id, lifecycle);
        }

        lock (world.Gate)
        {
            book.Add(wanted);
            return Shape(wanted);
        }
    }

    private async Task ProveAsync(GraphCall call, string id, Uri url)
    {
        string token;
        lock (world.Gate)
        {
            // With letters that must be decoded by the subscriber.
            token = $"Validation: Testing client application reachability for subscription Request-Id: {world.Ids.Guid()} & %C3%A9";
        }

        var address = new Uri($"{url}{(url.Query.Length > 0 ? "&" : "?")}validationToken={Uri.EscapeDataString(token)}");
        NotificationDelivery answer = await pump.SendNowAsync(new Notification(id, address) { IsCertain = true }, call.Context.RequestAborted);
        string? problem = answer switch
        {
            { Status: 0 } => "The request timed out or the endpoint could not be reached.",
            { Status: not 200 } => $"The endpoint answered {answer.Status}; it must answer 200.",
            _ when answer.AnswerType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) != true => "The response must be of content type text/plain.",
            _ when answer.Answer != token => "The response must be the decoded validation token.",
            _ => null,
        };
        if (problem is not null)
        {
            throw new GraphFailure(400, "ValidationError", $"Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request. {problem}");
        }
    }

    private Subscription Read(GraphCall call)
    {
        JsonObject body = call.Body;
        string resource = (string?)body["resource"] ?? throw Bad("resource");
        string[] changes = ((string?)body["changeType"] ?? throw Bad("changeType")).Split(',', StringSplitOptions.TrimEntries);
        string? secret = (string?)body["clientState"];
        if (changes.Except(KnownChanges, StringComparer.Ordinal).Any() || secret?.Length > 128)
        {
            throw Bad(secret?.Length > 128 ? "clientState" : "changeType");
        }

        return new Subscription
        {
            Id = world.Ids.Guid(),
            Mailbox = call.Mailbox,
            Calendar = Watched(call.Mailbox, resource),
            Resource = resource,
            ChangeTypes = changes,
            Url = Address(body, "notificationUrl") ?? throw Bad("notificationUrl"),
            LifecycleUrl = Address(body, "lifecycleNotificationUrl"),
            ClientState = secret,
            ImmutableIds = call.Preferences.ImmutableIds,
            Expires = Life(call),
        };
    }

    private static CalendarFolder? Watched(Mailbox mailbox, string resource)
    {
        string[] path = resource.Trim('/').Split('/');
        string[] rest = path switch
        {
            ["me", .. var own] => own,
            ["users", var who, .. var own] when who == mailbox.User.Id || string.Equals(who, mailbox.User.Email, StringComparison.OrdinalIgnoreCase) => own,
            _ => throw Bad("resource"),
        };
        return rest switch
        {
            ["events"] => null,
            ["calendars", var id, "events"] => mailbox.Calendar(id),
            ["calendar", "events"] => mailbox.Default,
            _ => throw Bad("resource"),
        };
    }

    // The simulator's subscribers are on this machine, so that it takes http, which Graph does not.
    private static Uri? Address(JsonObject body, string name)
    {
        if (body[name] is not { } node)
        {
            return null;
        }

        return Uri.TryCreate((string?)node, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" ? url : throw Bad(name);
    }

    private DateTimeOffset Life(GraphCall call)
    {
        DateTimeOffset wanted = DateTimeOffset.TryParse(
            (string?)call.Body["expirationDateTime"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)
            ? read
            : throw Bad("expirationDateTime");
        if (wanted > call.Now + world.Options.LongestSubscription)
        {
            throw new GraphFailure(400, "ExtensionError", $"Subscription expiration can only be {world.Options.LongestSubscription.TotalMinutes} minutes in the future.");
        }

        return wanted < call.Now + ShortestLife ? call.Now + ShortestLife : wanted;
    }

    private Subscription Find(GraphCall call, string id) =>
        book.Alive.FirstOrDefault(one => one.Id == id && one.Mailbox == call.Mailbox)
        ?? throw new GraphFailure(404, "ResourceNotFound", "The object was not found.");

    private static JsonObject Shape(Subscription one) => new()
    {
        ["id"] = one.Id,
        ["resource"] = one.Resource,
        ["applicationId"] = null,
        ["changeType"] = string.Join(',', one.ChangeTypes),
        ["clientState"] = null,
        ["notificationUrl"] = one.Url.ToString(),
        ["lifecycleNotificationUrl"] = one.LifecycleUrl?.ToString(),
        ["expirationDateTime"] = SubscriptionBook.Stamp(one.Expires),
        ["creatorId"] = one.Mailbox.User.Id,
        ["latestSupportedTlsVersion"] = "v1_2",
    };

    private static GraphFailure Bad(string what) => new(400, "InvalidRequest", $"The property '{what}' of the subscription is missing or not valid.");
}

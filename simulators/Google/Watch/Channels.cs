using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CalendarActors.Simulators.Google.Wire;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Google.Watch;

/// <summary>Open channels, and what is told to them (Calendar API: "Get push notifications", checked 2026-11).</summary>
internal sealed partial class Channels(GoogleState state, NotificationPump pump)
{
    private const int TokenCharactersAtMost = 256;

    // By what they are about as well: a bench has a hundred thousand.
    private readonly Dictionary<string, Channel> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Channel>> _byTarget = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _everWatched = new(StringComparer.Ordinal);

    /// <summary>The open channels.</summary>
    public IEnumerable<Channel> Open => _channels.Values.Where(IsOpen);

    /// <summary>How many channels were opened for what had been watched before and was not just then.</summary>
    public int Lapses { get; private set; }

    public GoogleReply Watch(string email, string? calendarId, string resourcePath, JsonObject body)
    {
        Channel channel = Read(email, calendarId, resourcePath, body);
        Lapses += !_everWatched.Add(channel.ResourceId) && !OpenOf(TargetOf(channel)).Any(open => open.ResourceId == channel.ResourceId) ? 1 : 0;
        Add(channel);
        Notification first = Message(channel, "sync") with { IsCertain = true };
        if (!state.Options.SyncMessageBeforeAnswer)
        {
            pump.Enqueue(first);
        }

        var answer = new JsonObject
        {
            ["kind"] = "api#channel",
            ["id"] = channel.Id,
            ["resourceId"] = channel.ResourceId,
            ["resourceUri"] = channel.ResourceUri,
            ["expiration"] = channel.Expires.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        };
        if (channel.Token is { } token)
        {
            answer["token"] = token;
        }

        return GoogleReply.Ok(answer) with { First = state.Options.SyncMessageBeforeAnswer ? first : null };
    }

    public GoogleReply Stop(string email, JsonObject body)
    {
        string? id = body.Text("id"), resourceId = body.Text("resourceId");
        if (id is null || !_channels.TryGetValue(id, out Channel? channel) || !IsOpen(channel) || channel.ResourceId != resourceId
            || !string.Equals(channel.Email, email, StringComparison.OrdinalIgnoreCase))
        {
            throw new GoogleProblemException(404, "notFound", $"Channel '{id}' not found for project 'simulated'");
        }

        Remove(channel);
        return GoogleReply.NoContent;
    }

    public void StopAllOf(string email, string? calendarId = null)
    {
        foreach (Channel channel in _channels.Values
            .Where(channel => string.Equals(channel.Email, email, StringComparison.OrdinalIgnoreCase)
                && (calendarId is null || channel.CalendarId == calendarId))
            .ToList())
        {
            Remove(channel);
        }
    }

    /// <summary>Tells that events changed, and says how long the change has to stay hidden from readers.</summary>
    public TimeSpan TellEventsChanged(string calendarId) => Tell(OpenOf(calendarId));

    /// <summary>Tells that a user's list of calendars changed.</summary>
    public TimeSpan TellListChanged(string email) => Tell(OpenOf(ListOf(email)));

    private static string ListOf(string email) => $"list of {email}";

    private static string TargetOf(Channel channel) => channel.CalendarId ?? ListOf(channel.Email);

    private bool IsOpen(Channel channel) => channel.Expires > state.Now;

    private IEnumerable<Channel> OpenOf(string target) => _byTarget.TryGetValue(target, out List<Channel>? some) ? some.Where(IsOpen) : [];

    private void Add(Channel channel)
    {
        _channels.Add(channel.Id, channel);
        if (!_byTarget.TryGetValue(TargetOf(channel), out List<Channel>? some))
        {
            _byTarget[TargetOf(channel)] = some = [];
        }

        some.Add(channel);
    }

    private void Remove(Channel channel)
    {
        _channels.Remove(channel.Id);
        _byTarget[TargetOf(channel)].Remove(channel);
    }

    private TimeSpan Tell(IEnumerable<Channel> channels)
    {
        TimeSpan hidden = TimeSpan.Zero;
        foreach (Channel channel in channels.ToList())
        {
            NotificationFate fate = state.Notifications.Decide();
            hidden = fate.HideChangeFor > hidden ? fate.HideChangeFor : hidden;
            pump.Enqueue(Message(channel, "exists"), fate);
        }

        return hidden;
    }

    private Notification Message(Channel channel, string resourceState)
    {
        channel.Number += channel.Number == 0 ? 1 : state.Ids.NumberGap();
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["X-Goog-Channel-ID"] = channel.Id,
            ["X-Goog-Channel-Expiration"] = channel.Expires.UtcDateTime.ToString("R", CultureInfo.InvariantCulture),
            ["X-Goog-Message-Number"] = channel.Number.ToString(CultureInfo.InvariantCulture),
            ["X-Goog-Resource-ID"] = channel.ResourceId,
            ["X-Goog-Resource-State"] = resourceState,
            ["X-Goog-Resource-URI"] = channel.ResourceUri,
        };
        if (channel.Token is { } token)
        {
            headers["X-Goog-Channel-Token"] = token;
        }

        var message = new Notification(channel.Id, channel.Address) { Headers = headers.ToImmutableDictionary() };
        return message with
        {
            Forgery = channel.Token is null
                ? null
                : message with { Headers = message.Headers.SetItem("X-Goog-Channel-Token", "guessed-by-somebody") },
        };
    }

    private Channel Read(string email, string? calendarId, string resourcePath, JsonObject body)
    {
        string id = body.Text("id") ?? throw GoogleProblemException.Required("Missing channel id.");
        if (!ChannelId().IsMatch(id))
        {
            throw new GoogleProblemException(400, "invalid", "Invalid channel id.");
        }

        if (_channels.ContainsKey(id))
        {
            throw new GoogleProblemException(400, "channelIdNotUnique", "Channel id not unique");
        }

        if (body.Text("type") is not ("web_hook" or "webhook"))
        {
            throw new GoogleProblemException(400, "channelUnknownType", "Unknown channel type.");
        }

        if (!Uri.TryCreate(body.Text("address"), UriKind.Absolute, out Uri? address)
            || (state.Options.RequiresHttpsWebhooks && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new GoogleProblemException(400, "push.webhookUrlNotHttps", $"WebHook callback must be HTTPS: {body.Text("address")}");
        }

        if (body.Text("token") is { Length: > TokenCharactersAtMost })
        {
            throw new GoogleProblemException(400, "invalid", "Channel token is too long.");
        }

        string resourceId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{email} {resourcePath}")))[..27];
        return new Channel
        {
            Id = id,
            Email = email,
            CalendarId = calendarId,
            Address = address,
            Token = body.Text("token"),
            ResourceId = resourceId,
            ResourceUri = $"https://www.googleapis.com/calendar/v3/{resourcePath}?alt=json",
            Expires = Expiry(body),
        };
    }

    private DateTimeOffset Expiry(JsonObject body)
    {
        DateTimeOffset latest = state.Now + state.Options.WatchLifeAtMost;
        DateTimeOffset asked = latest;
        if (Number(body["expiration"]) is { } milliseconds)
        {
            asked = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }
        else if (Number(body.Object("params")?["ttl"]) is { } seconds)
        {
            asked = state.Now + TimeSpan.FromSeconds(seconds);
        }

        return asked < latest ? asked : latest;
    }

    // Whole numbers of 64 bits come as strings or as numbers.
    private static long? Number(JsonNode? node) =>
        long.TryParse(node?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    [GeneratedRegex(@"^[A-Za-z0-9\-_+/=]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex ChannelId();
}

using CalendarActors.Simulators.Google.Auth;
using CalendarActors.Simulators.Google.Calendars;
using CalendarActors.Simulators.Google.Watch;
using CalendarActors.Simulators.Google.Wire;
using CalendarActors.Simulators.Kit;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace CalendarActors.Simulators.Google;

/// <summary>Everything that this Google remembers. Whoever touches it holds <see cref="Gate"/>.</summary>
internal sealed class GoogleState
{
    public GoogleState(GoogleSimulatorOptions options, NotificationScript notifications, NotificationPump pump)
    {
        Options = options;
        Notifications = notifications;
        Ids = new SeededIds(options.Seed);
        Grants = new Grants(this);
        Channels = new Channels(this, pump);
        Calendars = new CalendarShelf(this);
    }

    public Lock Gate { get; } = new();

    public GoogleSimulatorOptions Options { get; }

    public NotificationScript Notifications { get; }

    public SeededIds Ids { get; }

    public Dictionary<string, GoogleUser> Users { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Grants Grants { get; }

    public Channels Channels { get; }

    public CalendarShelf Calendars { get; }

    /// <summary>How long reads lag behind writes.</summary>
    public TimeSpan ReadLag { get; set; }

    public DateTimeOffset Now => Options.Time.GetUtcNow();

    /// <summary>How far in the past the replica is that answers this request.</summary>
    public DateTimeOffset ReadingAt(HttpContext context) =>
        SimulatorHost.Hits(context, GoogleSeams.StaleRead) ? Now - TimeSpan.FromMinutes(1) : Now;

    public string Timestamp => Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    public Instant NowInstant => Instant.FromDateTimeOffset(Now);

    public GoogleUser User(string email) => Users.TryGetValue(email, out GoogleUser? user)
        ? user
        : throw new ArgumentException($"There is no user '{email}'.", nameof(email));
}

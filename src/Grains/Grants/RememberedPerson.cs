using CalendarActors.Grains.Availability;
using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Grains.Grants;

/// <summary>What a grant's activation remembers of its person, so that not every read asks for it again.</summary>
/// <remarks>
/// Rules and periods: until it is told that they changed, which it is before such a change is answered for; should that word
/// be lost with a silo, for half a minute. Their list: for a second, and for reads alone: a calendar that came meanwhile is asked for when somebody names it, and one that
/// went has forgotten its events itself. Writes, lists and profiles always ask.
/// </remarks>
internal sealed class RememberedPerson
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ManagedLifetime = TimeSpan.FromSeconds(30);

    private GrantedCalendars? _calendars;
    private CachedAnswer<ManagedTimes>? _managed;
    private long _since;

    /// <summary>Null when it was too long ago.</summary>
    public GrantedCalendars? Recall(TimeProvider time) => time.GetElapsedTime(_since) < Lifetime ? _calendars : null;

    /// <summary>What the application keeps of when the person can be met.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="ask">Whom to ask when it is not remembered.</param>
    public Task<ManagedTimes> ManagedAsync(TimeProvider time, IManagedAvailabilityGrain ask)
    {
        _managed ??= new CachedAnswer<ManagedTimes>(time, async () =>
        {
            ManagedAvailability told = await ask.View(CancellationToken.None);
            return new ManagedTimes(told.Rules, told.Periods);
        });
        return _managed.GetAsync(ManagedLifetime);
    }

    /// <summary>Rules or periods have changed.</summary>
    public Task ForgetManaged()
    {
        _managed?.Forget();
        return Task.CompletedTask;
    }

    /// <summary>Remembers from now on.</summary>
    public void Keep(GrantedCalendars calendars, TimeProvider time)
    {
        _calendars = calendars;
        _since = time.GetTimestamp();
    }
}

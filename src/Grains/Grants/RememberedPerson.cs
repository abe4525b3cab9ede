namespace CalendarActors.Grains.Grants;

/// <summary>What a grant's activation remembers of its person's list, so that not every read asks for it again.</summary>
/// <remarks>
/// For a second, and for reads alone: a calendar that came meanwhile is asked for when somebody names it, and one that
/// went has forgotten its events itself. Writes, lists and profiles always ask.
/// </remarks>
internal sealed class RememberedPerson
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private GrantedCalendars? _calendars;
    private long _since;

    /// <summary>Null when it was too long ago.</summary>
    public GrantedCalendars? Recall(TimeProvider time) => time.GetElapsedTime(_since) < Lifetime ? _calendars : null;

    /// <summary>Remembers from now on.</summary>
    public void Keep(GrantedCalendars calendars, TimeProvider time)
    {
        _calendars = calendars;
        _since = time.GetTimestamp();
    }
}

namespace CalendarActors.TestKit.Providers;

/// <summary>Which method of the port was called.</summary>
public enum ProviderCallKind
{
    Connect,
    ListCalendars,
    CreateCalendar,
    Pull,
    Reconcile,
    Write,
    Delete,
    Answer,
}

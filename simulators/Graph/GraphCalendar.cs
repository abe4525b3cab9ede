namespace CalendarActors.Simulators.Graph;

/// <summary>A calendar as it is now.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="CanEdit">False when its owner only lets it be read.</param>
/// <param name="IsDefault">True for the mailbox's first calendar.</param>
public sealed record GraphCalendar(string Id, string Name, bool CanEdit, bool IsDefault);

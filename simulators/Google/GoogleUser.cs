namespace CalendarActors.Simulators.Google;

/// <summary>A person with a Google account.</summary>
/// <param name="Email">The address, which is also the id of the primary calendar.</param>
/// <param name="Name">The full name.</param>
/// <param name="Sub">The account's id.</param>
public sealed record GoogleUser(string Email, string Name, string Sub);

namespace CalendarActors.TestKit.Providers;

/// <summary>One call that reached the in-memory provider.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Kind">Which method.</param>
/// <param name="CalendarId">The calendar; null for calls about the login.</param>
/// <param name="EventKey">The event; null unless one is written or deleted.</param>
/// <param name="Cursor">The cursor of a pull.</param>
/// <param name="User">Whose login it was; null when it was worthless.</param>
public sealed record ProviderCall(
    int Number, ProviderCallKind Kind, string? CalendarId, string? EventKey, string? Cursor, string? User = null)
{
    /// <summary>The person's mail addresses, as far as the caller knew them.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];
}

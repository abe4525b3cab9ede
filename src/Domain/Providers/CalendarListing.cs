namespace CalendarActors.Domain.Providers;

/// <summary>What listing the calendars of a login came to.</summary>
/// <param name="Account">The login with all its calendars; null when nothing changed since the cursor that was asked with.</param>
/// <param name="Next">What to ask with the next time, opaque; null where a provider cannot say what changed.</param>
public sealed record CalendarListing(ProviderAccount? Account, string? Next)
{
    /// <summary>Prints no person.</summary>
    public override string ToString() => Account is null ? "CalendarListing(unchanged)" : $"CalendarListing({Account})";
}

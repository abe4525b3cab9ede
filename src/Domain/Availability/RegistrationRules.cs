namespace CalendarActors.Domain.Availability;

/// <summary>Counts the places of a bookable event.</summary>
public static class RegistrationRules
{
    /// <summary>The largest capacity that may be given.</summary>
    public const int MostCapacity = 256;

    /// <summary>Registrations of one event, those included that take no place.</summary>
    public const int MostRegistrations = 1_000;

    /// <summary>Bytes of what an application notes of a registration, as JSON.</summary>
    public const int MetadataBytes = 2_048;

    /// <summary>True when it takes a place: also one that waits, or whoever comes last would be promised another's place.</summary>
    public static bool TakesPlace(this RegistrationStatus status) =>
        status is RegistrationStatus.Pending or RegistrationStatus.Accepted or RegistrationStatus.Tentative;

    /// <summary>True when somebody new can register.</summary>
    /// <param name="all">How all stand.</param>
    /// <param name="capacity">Places; null for as many as come.</param>
    public static bool HasPlace(IReadOnlyCollection<RegistrationStatus> all, int? capacity) =>
        Fits(all, null, RegistrationStatus.Pending, capacity);

    /// <summary>True when a registration may become so.</summary>
    /// <param name="others">How all others stand.</param>
    /// <param name="was">How it stood; null when it is new.</param>
    /// <param name="status">How it is to stand.</param>
    /// <param name="capacity">Places; null for as many as come.</param>
    public static bool Fits(
        IReadOnlyCollection<RegistrationStatus> others, RegistrationStatus? was, RegistrationStatus status, int? capacity)
    {
        ArgumentNullException.ThrowIfNull(others);
        return (was is not null || others.Count < MostRegistrations)
            && (!status.TakesPlace() || was?.TakesPlace() == true || capacity is not { } places || others.Count(TakesPlace) < places);
    }
}

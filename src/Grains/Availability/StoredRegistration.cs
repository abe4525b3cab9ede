using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Grains.Availability;

/// <summary>Somebody who registered, as stored.</summary>
/// <param name="RegistrationId">The application's own id.</param>
/// <param name="Status">How they stand.</param>
/// <param name="Metadata">What the application noted, sealed; null when nothing.</param>
[GenerateSerializer, Immutable, Alias("stored-registration")]
internal sealed record StoredRegistration(
    [property: Id(0)] string RegistrationId, [property: Id(1)] RegistrationStatus Status, [property: Id(2)] SealedSecret? Metadata);

using System.Collections.Immutable;

namespace CalendarActors.Grains.Authorization;

/// <summary>A person is on the way to a provider, as stored until they come back.</summary>
/// <param name="ProviderName">A value of <c>provider_name</c>.</param>
/// <param name="Number">16 random bytes that name the trip.</param>
[GenerateSerializer, Immutable, Alias("trip-state")]
internal sealed record TripState([property: Id(0)] string ProviderName, [property: Id(1)] ImmutableArray<byte> Number);

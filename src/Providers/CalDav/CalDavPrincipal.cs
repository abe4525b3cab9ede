using System.Collections.Immutable;

namespace CalendarActors.Providers.CalDav;

/// <summary>A login as its server knows it.</summary>
/// <param name="Client">Speaks as it.</param>
/// <param name="Address">Where its principal is.</param>
/// <param name="Homes">The collections that hold its calendars; at least one.</param>
/// <param name="Email">Its mail address; null when the server does not say.</param>
internal sealed record CalDavPrincipal(DavClient Client, Uri Address, ImmutableArray<Uri> Homes, string? Email);

namespace CalendarActors.Providers.CalDav;

/// <summary>The resources of a collection.</summary>
/// <param name="Etags">By path; null where the server gave none.</param>
/// <param name="Cursor">From before the listing.</param>
internal sealed record CalDavListing(IReadOnlyDictionary<string, string?> Etags, CalDavCursor Cursor);

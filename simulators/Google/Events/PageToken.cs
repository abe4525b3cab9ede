namespace CalendarActors.Simulators.Google.Events;

/// <summary>Where the next page begins.</summary>
/// <param name="Collection">What is listed.</param>
/// <param name="Viewer">Who lists.</param>
/// <param name="Rights">With which role.</param>
/// <param name="Shape">With which parameters.</param>
/// <param name="After">Place in the log that the listing begins after; 0 with <paramref name="IsIncremental"/> false is everything.</param>
/// <param name="UpTo">Place in the log that the listing ends at.</param>
/// <param name="Offset">Items of the pages before.</param>
/// <param name="Generation">Generation of the cursors.</param>
/// <param name="IsIncremental">Begun with a sync token.</param>
internal sealed record PageToken(
    string Collection, string Viewer, string Rights, string Shape, long After, long UpTo, int Offset, int Generation, bool IsIncremental);

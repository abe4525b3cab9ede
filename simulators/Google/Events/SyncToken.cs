namespace CalendarActors.Simulators.Google.Events;

/// <summary>What the client knows already.</summary>
/// <param name="Collection">What was listed.</param>
/// <param name="Viewer">Who listed.</param>
/// <param name="Rights">With which role.</param>
/// <param name="Shape">With which parameters.</param>
/// <param name="At">The place in the log up to which it was listed.</param>
/// <param name="Generation">Generation of the cursors.</param>
/// <param name="Issued">When, for those with an end of life.</param>
internal sealed record SyncToken(
    string Collection, string Viewer, string Rights, string Shape, long At, int Generation, DateTimeOffset Issued);

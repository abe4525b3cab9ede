namespace CalendarActors.Gateway.Api;

/// <summary>Marks a call that may stand in a batch.</summary>
internal sealed class AllowedInBatch;

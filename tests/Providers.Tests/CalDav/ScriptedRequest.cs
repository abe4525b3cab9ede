namespace CalendarActors.Providers.Tests.CalDav;

/// <summary>One request that reached the scripted server.</summary>
public sealed record ScriptedRequest(string Method, string Path, string Body, string? Authorization, string ConnectionId);

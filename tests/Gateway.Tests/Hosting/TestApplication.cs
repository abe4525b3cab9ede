namespace CalendarActors.Gateway.Tests.Hosting;

/// <summary>An application registered by a test.</summary>
internal sealed record TestApplication(string ClientId, string Secret, string RedirectUri);

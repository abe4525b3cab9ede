namespace CalendarActors.TestKit.CalDavServers;

/// <summary>A server program is not installed, and this is not CI, where that is a failure.</summary>
public sealed class MissingServerException(string program)
    : Exception($"'{program}' is not installed: run eng/test.sh");

namespace CalendarActors.TestKit.CalDavServers;

/// <summary>A server program is not installed. xunit reads the message's first word and reports the test as skipped.</summary>
public sealed class MissingServerException(string program)
    : Exception($"$XunitDynamicSkip$ '{program}' is not installed here, so nothing was tested against it. See eng/test.sh.");

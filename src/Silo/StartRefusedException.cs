namespace CalendarActors.Silo;

/// <summary>The program must not start, for a reason that an operator can remove. The message names the remedy.</summary>
public sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner);

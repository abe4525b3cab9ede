namespace CalendarActors.Silo.Secrets;

internal sealed partial class KeyStoreOpening
{
    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Wrapped {Count} data keys anew with master key {MasterKeyId}; the older master keys can be retired when every silo did")]
    private partial void LogRewrapped(int count, string masterKeyId);
}

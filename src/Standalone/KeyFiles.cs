namespace CalendarActors.Standalone;

/// <summary>The names of generated keys in the data directory.</summary>
internal static class KeyFiles
{
    public const string Master = "master.key";

    public const string Id = "id.key";

    public const string Operator = "operator.key";
}

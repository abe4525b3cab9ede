namespace CalendarActors.Silo.Secrets;

/// <summary>An unwrapped data key. A class that prints no bytes: it must never reach a log.</summary>
internal sealed class DataKey(byte[] id, string owner, byte[] key)
{
    public byte[] Id => id;

    public string Owner => owner;

    public ReadOnlySpan<byte> Key => key;

    public override string ToString() => $"DataKey({Owner})";
}

namespace CalendarActors.Silo.Secrets;

/// <summary>A row of the key store.</summary>
/// <param name="KeyId">16 random bytes.</param>
/// <param name="Owner">A grain key.</param>
/// <param name="MasterKeyId">Names the master key that wrapped it.</param>
/// <param name="Wrapped">The wrapped data key.</param>
internal sealed record StoredKey(byte[] KeyId, string Owner, string MasterKeyId, byte[] Wrapped);

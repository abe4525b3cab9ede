using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>A vault without a key store: real envelopes, a key derived from the owner's name.</summary>
public sealed class TestVault : ISecretVault
{
    private const int Nonce = 12;
    private const int Tag = 16;

    private readonly ConcurrentDictionary<string, bool> _destroyed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _owners = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _opened = new(StringComparer.Ordinal);

    /// <summary>How many envelopes of one grain were opened: calendars of other tests share the vault.</summary>
    public int Opened(string grainKey) => _opened.GetValueOrDefault(grainKey);

    public ValueTask<SealedSecret> SealAsync(
        string owner, SecretPlace place, ReadOnlyMemory<byte> plaintext, CancellationToken cancellationToken)
    {
        byte[] id = SHA256.HashData(Encoding.UTF8.GetBytes(owner))[..16];
        _owners[Convert.ToHexString(id)] = owner;
        byte[] envelope = new byte[1 + id.Length + Nonce + Tag + plaintext.Length];
        envelope[0] = 1;
        id.CopyTo(envelope, 1);
        Span<byte> nonce = envelope.AsSpan(17, Nonce);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm aes = new(Key(id), Tag);
        aes.Encrypt(nonce, plaintext.Span, envelope.AsSpan(45), envelope.AsSpan(29, Tag), place.ToAssociatedData());
        return ValueTask.FromResult(new SealedSecret(System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(envelope)));
    }

    public ValueTask<byte[]?> OpenAsync(SecretPlace place, SealedSecret secret, CancellationToken cancellationToken)
    {
        _opened.AddOrUpdate(place.GrainKey, 1, (_, n) => n + 1);
        ReadOnlySpan<byte> envelope = secret.Bytes.AsSpan();
        byte[] id = envelope.Slice(1, 16).ToArray();
        if (_owners.TryGetValue(Convert.ToHexString(id), out string? owner) && _destroyed.ContainsKey(owner))
        {
            return ValueTask.FromResult<byte[]?>(null);
        }

        byte[] plaintext = new byte[envelope.Length - 45];
        using AesGcm aes = new(Key(id), Tag);
        aes.Decrypt(envelope.Slice(17, Nonce), envelope[45..], envelope.Slice(29, Tag), plaintext, place.ToAssociatedData());
        return ValueTask.FromResult<byte[]?>(plaintext);
    }

    public ValueTask DestroyAsync(string owner, CancellationToken cancellationToken)
    {
        _destroyed[owner] = true;
        return ValueTask.CompletedTask;
    }

    private static byte[] Key(byte[] id) => SHA256.HashData([.. id, .. "test key"u8]);
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using CalendarActors.Domain.Secrets;
using CsCheck;

namespace CalendarActors.Domain.Tests.Secrets;

public sealed class SecretEnvelopeTests
{
    private static readonly SecretPlace Place = new("connection", "pro_1", "tokens");

    [Fact]
    public void Open_OfAnythingSealed_GivesItBack()
        => Gen.Byte.Array[0, 300].Sample(plaintext =>
        {
            byte[] key = RandomNumberGenerator.GetBytes(32);
            SealedSecret secret = Seal(key, plaintext);
            return SecretEnvelope.Open(key, Place, secret).AsSpan().SequenceEqual(plaintext);
        });

    [Fact]
    public void Layout_OfAnEnvelope_IsVersionKeyIdNonceTagCiphertext()
    {
        byte[] keyId = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];
        byte[] nonce = [.. Enumerable.Range(101, 12).Select(i => (byte)i)];

        SealedSecret secret = SecretEnvelope.Seal(keyId, new byte[32], nonce, Place, "abc"u8);

        Assert.Equal(1 + 16 + 12 + 16 + 3, secret.Bytes.Length);
        Assert.Equal(1, secret.Bytes[0]);
        Assert.Equal(keyId, secret.Bytes.AsSpan().Slice(1, 16).ToArray());
        Assert.Equal(nonce, secret.Bytes.AsSpan().Slice(17, 12).ToArray());
        Assert.Equal(keyId, SecretEnvelope.KeyIdOf(secret));
    }

    /// <summary>An envelope of version 1, sealed by another program: stored ones open for ever.</summary>
    [Fact]
    public void Open_OfAnEnvelopeOfVersion1_StillWorks()
    {
        const string Stored =
            "AQECAwQFBgcICQoLDA0ODxBlZmdoaWprbG1ub3BKErYKluyPSpoW04DvfJk68ACm";
        byte[] key = [.. Enumerable.Range(200, 32).Select(i => (byte)i)];
        var secret = new SealedSecret([.. Convert.FromBase64String(Stored)]);

        Assert.Equal("abc"u8.ToArray(), SecretEnvelope.Open(key, Place, secret));
    }

    [Fact]
    public void Open_WhenAnyByteChanged_Throws()
    {
        byte[] key = RandomNumberGenerator.GetBytes(32);
        SealedSecret secret = Seal(key, "hunter2"u8.ToArray());
        for (int at = 0; at < secret.Bytes.Length; at++)
        {
            var changed = new SealedSecret(secret.Bytes.SetItem(at, (byte)(secret.Bytes[at] ^ 1)));
            Assert.ThrowsAny<CryptographicException>(() => SecretEnvelope.Open(key, Place, changed));
        }
    }

    [Theory]
    [InlineData("grant", "pro_1", "tokens")]
    [InlineData("connection", "pro_2", "tokens")]
    [InlineData("connection", "pro_1", "password")]
    public void Open_AtAnotherPlace_Throws(string grainType, string grainKey, string field)
    {
        byte[] key = RandomNumberGenerator.GetBytes(32);
        SealedSecret secret = Seal(key, "hunter2"u8.ToArray());

        Assert.ThrowsAny<CryptographicException>(
            () => SecretEnvelope.Open(key, new SecretPlace(grainType, grainKey, field), secret));
    }

    [Fact]
    public void Open_WithAnotherKey_Throws()
    {
        SealedSecret secret = Seal(RandomNumberGenerator.GetBytes(32), "hunter2"u8.ToArray());

        Assert.ThrowsAny<CryptographicException>(
            () => SecretEnvelope.Open(RandomNumberGenerator.GetBytes(32), Place, secret));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(44)]
    public void KeyIdOf_SomethingTooShort_Throws(int length)
        => Assert.ThrowsAny<CryptographicException>(
            () => SecretEnvelope.KeyIdOf(new SealedSecret(ImmutableArray.Create(new byte[length]))));

    [Fact]
    public void Seal_WithAKeyOfAnotherSize_Throws()
        => Assert.Throws<ArgumentException>(() => SecretEnvelope.Seal(new byte[16], new byte[16], new byte[12], Place, []));

    private static SealedSecret Seal(byte[] key, byte[] plaintext)
        => SecretEnvelope.Seal(new byte[16], key, RandomNumberGenerator.GetBytes(12), Place, plaintext);
}

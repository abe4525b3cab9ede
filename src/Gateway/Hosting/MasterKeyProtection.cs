using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Secrets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Hosting;

/// <summary>Seals cookies and form tokens with keys derived from the master keys, so that gateways share them without a key ring.</summary>
/// <remarks>
/// AES-256-GCM under HKDF-SHA256(master key; purpose). Layout: version (1), key id (4), nonce (12), tag (16), ciphertext; the
/// header is authenticated. The first master key seals, all of them open. See ADR 142.
/// </remarks>
internal sealed class MasterKeyProtection(IOptions<SecretsOptions> secrets) : IDataProtectionProvider
{
    private readonly byte[][] _masterKeys = [.. secrets.Value.MasterKeys.Select(Convert.FromBase64String)];

    public IDataProtector CreateProtector(string purpose) => new Protector(_masterKeys, "", purpose);

    private sealed class Protector : IDataProtector
    {
        private const byte Version = 1;
        private const int IdSize = 4;
        private const int NonceAt = 1 + IdSize;
        private const int TagAt = NonceAt + 12;
        private const int TextAt = TagAt + 16;
        private readonly byte[][] _masterKeys;
        private readonly string _purposes;
        private readonly (uint Id, byte[] Key)[] _keys;

        public Protector(byte[][] masterKeys, string parent, string purpose)
        {
            _masterKeys = masterKeys;

            // Lengths go in as well, so that no two chains of purposes read alike.
            _purposes = $"{parent}{purpose.Length}:{purpose}";
            _keys = [.. masterKeys.Select(master => (IdOf(master), Derive(master, _purposes)))];
        }

        public IDataProtector CreateProtector(string purpose) => new Protector(_masterKeys, _purposes, purpose);

        public byte[] Protect(byte[] plaintext)
        {
            byte[] sealedText = new byte[TextAt + plaintext.Length];
            sealedText[0] = Version;
            BinaryPrimitives.WriteUInt32BigEndian(sealedText.AsSpan(1), _keys[0].Id);
            RandomNumberGenerator.Fill(sealedText.AsSpan(NonceAt, 12));
            using var aes = new AesGcm(_keys[0].Key, 16);
            aes.Encrypt(
                sealedText.AsSpan(NonceAt, 12),
                plaintext,
                sealedText.AsSpan(TextAt),
                sealedText.AsSpan(TagAt, 16),
                sealedText.AsSpan(0, NonceAt));
            return sealedText;
        }

        public byte[] Unprotect(byte[] protectedData)
        {
            if (protectedData.Length < TextAt || protectedData[0] != Version)
            {
                throw new CryptographicException("This was not sealed here.");
            }

            uint id = BinaryPrimitives.ReadUInt32BigEndian(protectedData.AsSpan(1));
            byte[] key = Array.Find(_keys, k => k.Id == id).Key
                ?? throw new CryptographicException("This was sealed with a master key that is not configured.");
            byte[] plaintext = new byte[protectedData.Length - TextAt];
            using var aes = new AesGcm(key, 16);
            aes.Decrypt(
                protectedData.AsSpan(NonceAt, 12),
                protectedData.AsSpan(TextAt),
                protectedData.AsSpan(TagAt, 16),
                plaintext,
                protectedData.AsSpan(0, NonceAt));
            return plaintext;
        }

        private static uint IdOf(byte[] master) => BinaryPrimitives.ReadUInt32BigEndian(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, master, IdSize, info: "CalendarActors gateway key id"u8.ToArray()));

        private static byte[] Derive(byte[] master, string purposes) => HKDF.DeriveKey(
            HashAlgorithmName.SHA256, master, 32, info: Encoding.UTF8.GetBytes("CalendarActors gateway " + purposes));
    }
}

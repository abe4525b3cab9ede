using System.Security.Cryptography;
using CalendarActors.Domain.Secrets;
using CalendarActors.Gateway.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Tests.Hosting;

public sealed class MasterKeyProtectionTests
{
    private static readonly string One = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private static readonly string Two = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void Sealed_WhenOpenedByAnotherGatewayWithTheSameKeys_IsReadable()
    {
        string text = With(One).CreateProtector("a", "b").Protect("hello");

        Assert.Equal("hello", With(One).CreateProtector("a", "b").Unprotect(text));
    }

    [Fact]
    public void Sealed_WhenANewMasterKeyCameFirst_IsStillReadable()
    {
        string text = With(One).CreateProtector("a").Protect("hello");

        Assert.Equal("hello", With(Two, One).CreateProtector("a").Unprotect(text));
        string later = With(Two, One).CreateProtector("a").Protect("hello");
        Assert.Equal("hello", With(Two).CreateProtector("a").Unprotect(later));
    }

    [Theory]
    [InlineData("a", "c")]
    [InlineData("ab", null)]
    [InlineData("b", "a")]
    public void Sealed_WhenThePurposeIsAnother_IsNotReadable(string first, string? second)
    {
        byte[] text = With(One).CreateProtector("a").CreateProtector("b").Protect([1, 2, 3]);
        IDataProtector other = With(One).CreateProtector(first);
        other = second is null ? other : other.CreateProtector(second);

        Assert.ThrowsAny<CryptographicException>(() => other.Unprotect(text));
    }

    [Fact]
    public void Sealed_WhenAnyByteIsChanged_IsNotReadable()
    {
        IDataProtector protector = With(One).CreateProtector("a");
        byte[] text = protector.Protect([1, 2, 3]);
        for (int i = 0; i < text.Length; i++)
        {
            byte[] changed = [.. text];
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(changed));
        }

        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect([]));
    }

    private static MasterKeyProtection With(params string[] keys)
    {
        var secrets = new SecretsOptions();
        Array.ForEach(keys, secrets.MasterKeys.Add);
        return new MasterKeyProtection(Options.Create(secrets));
    }
}

using System.Security.Cryptography;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Domain.Tests.Secrets;

public sealed class MasterKeyTests
{
    private static readonly byte[] KeyId = new byte[16];
    private static readonly byte[] DataKey = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void Unwrap_WithTheSameMasterOwnerAndId_GivesTheDataKey()
    {
        var master = new MasterKey(RandomNumberGenerator.GetBytes(32));

        Assert.Equal(DataKey, master.Unwrap(KeyId, "per_1", Wrap(master)));
    }

    [Fact]
    public void Unwrap_ForAnotherOwnerIdOrMaster_Throws()
    {
        var master = new MasterKey(RandomNumberGenerator.GetBytes(32));
        byte[] wrapped = Wrap(master);
        byte[] otherId = [1, .. KeyId[1..]];

        Assert.ThrowsAny<CryptographicException>(() => master.Unwrap(KeyId, "per_2", wrapped));
        Assert.ThrowsAny<CryptographicException>(() => master.Unwrap(otherId, "per_1", wrapped));
        Assert.ThrowsAny<CryptographicException>(
            () => new MasterKey(RandomNumberGenerator.GetBytes(32)).Unwrap(KeyId, "per_1", wrapped));
        Assert.ThrowsAny<CryptographicException>(() => master.Unwrap(KeyId, "per_1", wrapped.AsSpan(0, 20)));
    }

    [Fact]
    public void Id_OfAKey_NamesItAndIsStable()
    {
        byte[] key = RandomNumberGenerator.GetBytes(32);

        Assert.Equal(new MasterKey(key).Id, new MasterKey(key).Id);
        Assert.NotEqual(new MasterKey(key).Id, new MasterKey(RandomNumberGenerator.GetBytes(32)).Id);
        Assert.Matches("^[0-9a-f]{16}$", new MasterKey(key).Id);
    }

    [Fact]
    public void Text_OfAMasterKey_ShowsItsIdOnly()
    {
        var master = new MasterKey(new byte[32]);

        Assert.Equal($"MasterKey({master.Id})", master.ToString());
    }

    private static byte[] Wrap(MasterKey master) => master.Wrap(KeyId, "per_1", RandomNumberGenerator.GetBytes(12), DataKey);
}

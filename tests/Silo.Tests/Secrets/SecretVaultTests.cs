using System.Security.Cryptography;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Secrets;

namespace CalendarActors.Silo.Tests.Secrets;

[Collection(SharedDatabases.Name)]
public sealed class SecretVaultTests(Databases databases)
{
    private static readonly SecretPlace Place = new("connection", "pro_1", "tokens");

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Open_WhatAnotherSiloSealed_GivesThePlaintext(StorageProvider provider)
    {
        DatabasePlace place = await databases.EmptyAsync(provider);
        MasterKey master = VaultHarness.NewMaster();
        await using VaultHarness one = await VaultHarness.StartAsync(place, [master]);
        await using VaultHarness two = await VaultHarness.StartAsync(place, [master]);

        SealedSecret secret = await one.Vault.SealAsync("per_1", Place, "hunter2"u8.ToArray(), default);

        Assert.Equal("hunter2"u8.ToArray(), await two.Vault.OpenAsync(Place, secret, default));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Seal_WhenSilosMakeTheOwnersKeyTogether_AllUseTheOneThatIsStored(StorageProvider provider)
    {
        DatabasePlace place = await databases.EmptyAsync(provider);
        MasterKey master = VaultHarness.NewMaster();
        await using VaultHarness one = await VaultHarness.StartAsync(place, [master]);
        await using VaultHarness two = await VaultHarness.StartAsync(place, [master]);

        SealedSecret[] secrets = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? one : two).Vault.SealAsync("per_1", Place, new[] { (byte)i }, default))));

        Assert.Single(secrets.Select(s => Convert.ToHexString(SecretEnvelope.KeyIdOf(s))).Distinct(StringComparer.Ordinal));
        for (int i = 0; i < secrets.Length; i++)
        {
            Assert.Equal(new[] { (byte)i }, await one.Vault.OpenAsync(Place, secrets[i], default));
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Open_WhenMovedOrTampered_Throws(StorageProvider provider)
    {
        await using VaultHarness silo = await VaultHarness.StartAsync(
            await databases.EmptyAsync(provider), [VaultHarness.NewMaster()]);
        SealedSecret secret = await silo.Vault.SealAsync("per_1", Place, "hunter2"u8.ToArray(), default);
        var tampered = new SealedSecret(secret.Bytes.SetItem(secret.Bytes.Length - 1, (byte)~secret.Bytes[^1]));

        await Assert.ThrowsAnyAsync<CryptographicException>(
            async () => await silo.Vault.OpenAsync(Place with { GrainKey = "pro_2" }, secret, default));
        await Assert.ThrowsAnyAsync<CryptographicException>(
            async () => await silo.Vault.OpenAsync(Place, tampered, default));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Destroy_ErasesTheOwnerAtOnceHere_AndWithinFiveMinutesOnOtherSilos(StorageProvider provider)
    {
        DatabasePlace place = await databases.EmptyAsync(provider);
        MasterKey master = VaultHarness.NewMaster();
        await using VaultHarness one = await VaultHarness.StartAsync(place, [master]);
        await using VaultHarness two = await VaultHarness.StartAsync(place, [master]);
        SealedSecret secret = await one.Vault.SealAsync("per_1", Place, "hunter2"u8.ToArray(), default);
        SealedSecret others = await one.Vault.SealAsync("per_2", Place, "kept"u8.ToArray(), default);
        Assert.NotNull(await two.Vault.OpenAsync(Place, secret, default));

        await one.Vault.DestroyAsync("per_1", default);

        Assert.Null(await one.Vault.OpenAsync(Place, secret, default));
        two.Time.Advance(KeyRing.TimeToLive);
        Assert.Null(await two.Vault.OpenAsync(Place, secret, default));
        Assert.NotNull(await one.Vault.OpenAsync(Place, others, default));

        SealedSecret later = await one.Vault.SealAsync("per_1", Place, "new"u8.ToArray(), default);
        Assert.NotNull(await two.Vault.OpenAsync(Place, later, default));
        Assert.Null(await one.Vault.OpenAsync(Place, secret, default));
    }

    [Fact]
    public void Ring_WhenALoadBeganBeforeADestruction_DoesNotKeepWhatItLoaded()
    {
        var ring = new KeyRing(TimeProvider.System);
        long epoch = ring.Epoch;
        ring.Drop("per_1");

        ring.Keep(new DataKey(new byte[16], "per_1", new byte[32]), epoch);

        Assert.Null(ring.FindOfOwner("per_1"));
        Assert.Null(ring.Find(new byte[16]));
    }
}

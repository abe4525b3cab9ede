using System.Data.Common;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Storage;

namespace CalendarActors.Silo.Tests.Secrets;

/// <summary>What a start does with the keys that it is given.</summary>
[Collection(SharedDatabases.Name)]
public sealed class KeyStoreOpeningTests(Databases databases)
{
    private static readonly SecretPlace Place = new("connection", "pro_1", "tokens");

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Masters_WhenRotated_WrapEveryKeyAnewSoThatTheOldOneCanGo(StorageProvider provider)
    {
        DatabasePlace place = await databases.EmptyAsync(provider);
        MasterKey old = VaultHarness.NewMaster();
        MasterKey current = VaultHarness.NewMaster();
        SealedSecret secret;
        await using (VaultHarness before = await VaultHarness.StartAsync(place, [old]))
        {
            secret = await before.Vault.SealAsync("per_1", Place, "hunter2"u8.ToArray(), default);
            await before.Vault.SealAsync("per_2", Place, "other"u8.ToArray(), default);
        }

        await using (VaultHarness rotating = await VaultHarness.StartAsync(place, [current, old]))
        {
            Assert.Equal("hunter2"u8.ToArray(), await rotating.Vault.OpenAsync(Place, secret, default));
            Assert.Empty(await rotating.Store.WrappedByOthersAsync(current.Id, 10, default));
        }

        await using VaultHarness after = await VaultHarness.StartAsync(place, [current]);
        Assert.Equal("hunter2"u8.ToArray(), await after.Vault.OpenAsync(Place, secret, default));
        StartRefusedException refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => VaultHarness.StartAsync(place, [old]));
        Assert.Contains($"needs master key {current.Id}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Start_WithAnotherMasterKey_RefusesAlsoBeforeAnythingWasSealed(StorageProvider provider)
    {
        DatabasePlace place = await databases.EmptyAsync(provider);
        MasterKey first = VaultHarness.NewMaster();
        await (await VaultHarness.StartAsync(place, [first])).DisposeAsync();

        StartRefusedException refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => VaultHarness.StartAsync(place, [VaultHarness.NewMaster()]));

        Assert.Contains($"needs master key {first.Id}", refusal.Message, StringComparison.Ordinal);
        await (await VaultHarness.StartAsync(place, [first])).DisposeAsync();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Start_WithAnotherIdKey_Refuses(StorageProvider provider)
    {
        DatabasePlace place = await databases.EmptyAsync(provider);
        MasterKey master = VaultHarness.NewMaster();
        await (await VaultHarness.StartAsync(place, [master])).DisposeAsync();

        StartRefusedException refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => VaultHarness.StartAsync(place, [master], new DerivedKeys(VaultHarness.NewKey())));

        Assert.Contains("CalendarActors:Secrets:IdKey", refusal.Message, StringComparison.Ordinal);
        await (await VaultHarness.StartAsync(place, [master])).DisposeAsync();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Start_WhenTheCanaryIsDamaged_Refuses(StorageProvider provider)
    {
        DatabasePlace place = await databases.EmptyAsync(provider);
        MasterKey master = VaultHarness.NewMaster();
        await using (VaultHarness silo = await VaultHarness.StartAsync(place, [master]))
        {
            await using DbConnection connection = await silo.Database.Source.OpenConnectionAsync();
            await connection.ExecuteAsync(
                $"update {silo.Database.Prefix}canary set wrapped = @bytes where kind = 'master'",
                default, ("bytes", new byte[60]));
        }

        StartRefusedException refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => VaultHarness.StartAsync(place, [master]));

        Assert.Contains("damaged", refusal.Message, StringComparison.Ordinal);
    }
}

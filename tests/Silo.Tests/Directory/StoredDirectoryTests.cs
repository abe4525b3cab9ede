using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Silo.Tests.Directory;

[Collection(SharedDatabases.Name)]
public sealed class StoredDirectoryTests(Databases databases)
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task List_ByPages_GivesEveryEntryOnceInOrdinalOrder(StorageProvider provider)
    {
        IDirectory directory = await OpenAsync(provider);
        string[] keys = ["app_Z", "app_a", "app_B", "app_ä", "app_0", "app_a1", "app_-"];
        foreach (string key in keys)
        {
            await directory.PutAsync(new("pages", key, "", key + "'s name"), default);
        }

        var listed = new List<string>();
        string? after = null;
        IReadOnlyList<DirectoryEntry> page;
        do
        {
            page = await directory.ListAsync("pages", null, after, 3, default);
            listed.AddRange(page.Select(e => e.Key));
            after = page.Count > 0 ? page[^1].Key : after;
        }
        while (page.Count == 3);

        Assert.Equal(keys.Order(StringComparer.Ordinal), listed);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Put_WhenTheParentChanged_MovesTheEntry(StorageProvider provider)
    {
        IDirectory directory = await OpenAsync(provider);
        await directory.PutAsync(new("moves", "pro_1", "connected", ""), default);
        await directory.PutAsync(new("moves", "pro_2", "connected", ""), default);
        await directory.PutAsync(new("moves", "pro_1", "disconnected", "now"), default);

        Assert.Equal(["pro_2"], (await directory.ListAsync("moves", "connected", null, 9, default)).Select(e => e.Key));
        Assert.Equal(1, await directory.CountAsync("moves", "connected", default));
        Assert.Equal(0, await directory.CountAsync("moves", "elsewhere", default));
        Assert.Equal(
            [new DirectoryEntry("moves", "pro_1", "disconnected", "now")],
            await directory.ListAsync("moves", "disconnected", null, 9, default));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Remove_WhenRepeated_IsFine(StorageProvider provider)
    {
        IDirectory directory = await OpenAsync(provider);
        await directory.PutAsync(new("removed", "acc_1", "app_1", ""), default);
        await directory.RemoveAsync("removed", "acc_1", default);
        await directory.RemoveAsync("removed", "acc_1", default);

        Assert.Empty(await directory.ListAsync("removed", null, null, 9, default));
    }

    private async Task<IDirectory> OpenAsync(StorageProvider provider)
        => (await databases.SiloAsync(provider)).Services.GetRequiredService<IDirectory>();
}

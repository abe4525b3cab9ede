using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Storage;
using CalendarActors.Silo.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Silo.Tests.Secrets;

/// <summary>Looks into the files themselves: what was sealed is nowhere in them, nor is a key that opens it.</summary>
[Collection(SharedDatabases.Name)]
public sealed class PlaintextTests(Databases databases)
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task Files_AfterSealingAndStoring_HoldNeitherPlaintextNorMasterKey(StorageProvider provider)
    {
        DatabasePlace place = await databases.EmptyAsync(provider);
        byte[] master = RandomNumberGenerator.GetBytes(32);
        byte[] id = RandomNumberGenerator.GetBytes(32);
        string suffix = Convert.ToHexString(RandomNumberGenerator.GetBytes(6));
        byte[] canary = Encoding.UTF8.GetBytes("canary-password-" + suffix);
        string plain = "canary-plain-" + suffix;
        await using SiloHost silo = await SiloHost.StartAsync(
            place,
            ("CalendarActors:Secrets:MasterKeys:0", Convert.ToBase64String(master)),
            ("CalendarActors:Secrets:IdKey", Convert.ToBase64String(id)));
        var vault = silo.Services.GetRequiredService<ISecretVault>();
        SealedSecret secret = await vault.SealAsync("per_1", new("connection", "pro_1", "tokens"), canary, default);

        // The plain canary is stored as it is: it shows that the search would find one.
        var state = new GrainState<StoredText>(new() { Text = Convert.ToBase64String([.. secret.Bytes]) + plain });
        await silo.Storage.WriteStateAsync("test.sealed", GrainId.Create("test", "pro_1"), state);
        if (provider is StorageProvider.PostgreSql)
        {
            await using DbConnection connection = await silo.Database.Source.OpenConnectionAsync();
            await connection.ExecuteAsync("checkpoint", default);
        }

        string folder = provider is StorageProvider.Sqlite ? place.Folder : databases.PostgreSqlFolder;
        Assert.True(Contains(folder, Encoding.UTF8.GetBytes(plain)));
        Assert.False(Contains(folder, canary));
        Assert.False(Contains(folder, master));
        Assert.False(Contains(folder, id));
        Assert.False(Contains(folder, Encoding.ASCII.GetBytes(Convert.ToBase64String(master))));
    }

    private static bool Contains(string folder, byte[] bytes)
        => System.IO.Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "lock")
            .Any(file => Read(file).AsSpan().IndexOf(bytes) >= 0);

    private static byte[] Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // The server took it away between the listing and here.
            return [];
        }
    }
}

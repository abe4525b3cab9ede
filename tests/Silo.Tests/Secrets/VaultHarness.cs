using System.Collections.Immutable;
using System.Security.Cryptography;
using CalendarActors.Domain.Secrets;
using CalendarActors.Silo.Secrets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Silo.Tests.Secrets;

/// <summary>What one silo has of the vault.</summary>
internal sealed class VaultHarness : IAsyncDisposable
{
    private VaultHarness(DatabasePlace place, ImmutableArray<MasterKey> masters, DerivedKeys derived)
    {
        Database = place.OpenKeys();
        var keys = new MasterKeys(masters);
        Store = new KeyStore(Database);
        Vault = new SecretVault(Store, new KeyRing(Time), keys);
        Opening = new KeyStoreOpening(Database, Store, keys, derived, NullLogger<KeyStoreOpening>.Instance);
    }

    public static DerivedKeys IdKey { get; } = new(NewKey());

    public FakeTimeProvider Time { get; } = new();

    public KeyDatabase Database { get; }

    public KeyStore Store { get; }

    public SecretVault Vault { get; }

    public KeyStoreOpening Opening { get; }

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    public static MasterKey NewMaster() => new(NewKey());

    /// <summary>As a silo starts.</summary>
    public static async Task<VaultHarness> StartAsync(
        DatabasePlace place, ImmutableArray<MasterKey> masters, DerivedKeys? derived = null)
    {
        var harness = new VaultHarness(place, masters, derived ?? IdKey);
        try
        {
            await harness.Opening.OpenAsync(default);
            return harness;
        }
        catch
        {
            await harness.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

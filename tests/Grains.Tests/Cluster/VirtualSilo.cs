using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Directory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Reminders;
using Orleans.Serialization;
using Orleans.Storage;
using Orleans.TestingHost;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>What a silo of tests is made of: the product's grains, a clock that stands still, rows that fail on demand.</summary>
internal static class VirtualSilo
{
    public static void UseVirtual(
        this ISiloBuilder silo,
        TimeProvider time,
        StoredRows rows,
        ISecretVault vault,
        DerivedKeys keys,
        IDirectory directory,
        IProviderCatalog catalog,
        IEnumerable<KeyValuePair<string, string?>> settings)
    {
        silo.UseInMemoryReminderService();
        silo.Services.AddSingleton(time);
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        silo.Services.AddKeyedSingleton(ReminderTimeProviderNames.Reminders, time);
        silo.Services.AddSingleton(vault);
        silo.Services.AddSingleton(keys);
        silo.Services.AddSingleton(directory);
        silo.Services.AddSingleton(catalog);
        silo.Services.TryAddSingleton<ICallbackSender, TestSink>();
        silo.Services.AddKeyedSingleton<IGrainStorage>(
            StorageNames.Provider, (services, _) => new RowStorage(rows, services.GetRequiredService<Serializer>()));
        silo.Services.AddCalendarActorsGrains(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }
}

using CalendarActors.Domain.Secrets;
using CalendarActors.Grains;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Operators;
using CalendarActors.Grains.Owed;
using CalendarActors.Providers;
using CalendarActors.Silo.Directory;
using CalendarActors.Silo.Migration;
using CalendarActors.Silo.Operators;
using CalendarActors.Silo.Owed;
using CalendarActors.Silo.Secrets;
using CalendarActors.Silo.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CalendarActors.Silo.Hosting;

/// <summary>A silo, as one call.</summary>
public static class SiloHostingExtensions
{
    /// <summary>Adds the silo with its storage, clustering, reminders, key ring and sweeps.</summary>
    public static IHostApplicationBuilder AddCalendarActorsSilo(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        services.AddSiloOptions(builder.Configuration);
        services.AddStorage();
        services.AddSecretVault();
        services.AddCalendarActorsProviders(builder.Configuration);
        services.AddCalendarActorsGrains(builder.Configuration);
        services.AddSiloHealth();
        services.TryAddSingleton<NodePorts>();
        services.AddHostedService<NodeStart>();
        NodeOptions node = builder.Configuration.ReadOptions<NodeOptions>(NodeOptions.Section);
        StorageOptions storage = builder.Configuration.ReadOptions<StorageOptions>(StorageOptions.Section);

        OperatorDashboardOptions dashboard = builder.Configuration.ReadOptions<OperatorDashboardOptions>(OperatorDashboardOptions.Section);

        // Orleans would complain at once and in its own words about what our validators refuse at start, all together.
        builder.UseOrleans(silo => silo.UseCalendarActors(node.Problems(storage).Any() ? new NodeOptions() : node, dashboard));
        services.AddHostedService<OwedWorkSweep>();
        return builder;
    }

    private static void AddSiloOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSharedHostingOptions(configuration);
        services.AddCheckedOptions<DataDirectoryOptions>(
            configuration, DataDirectoryOptions.Section, o => o.Problems());
        services.AddCheckedOptions<SecretsOptions>(configuration, SecretsOptions.Section, o => o.Problems());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, ConnectionStrings>());
        services.AddCheckedOptions<CopyOptions>(configuration, CopyOptions.Section, o => o.Problems());
        StorageOptions storage = configuration.ReadOptions<StorageOptions>(StorageOptions.Section);
        services.AddCheckedOptions<KeyStoreOptions>(configuration, KeyStoreOptions.Section, o => o.Problems(storage));
    }

    private static void AddStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(p => DataDirectoryClaim.Take(p.Value<DataDirectoryOptions>()));
        services.TryAddSingleton(p => StateDatabase.From(p.Value<StorageOptions>(), p.Value<DataDirectoryOptions>()));
        services.TryAddSingleton<IOwedWork, StoredOwedWork>();
        services.TryAddSingleton<IDirectory, StoredDirectory>();
        services.TryAddSingleton<IStoredCounts, DatabaseCounts>();
    }

    private static void AddSecretVault(this IServiceCollection services)
    {
        services.TryAddSingleton(p => DerivedKeys.From(p.Value<SecretsOptions>()));
        services.TryAddSingleton(p => MasterKeys.From(p.Value<SecretsOptions>()));
        services.TryAddSingleton(p => KeyDatabase.From(
            p.Value<StorageOptions>(), p.Value<KeyStoreOptions>(), p.Value<DataDirectoryOptions>()));
        services.TryAddSingleton<KeyStore>();
        services.TryAddSingleton<KeyRing>();
        services.TryAddSingleton<KeyStoreOpening>();
        services.TryAddSingleton<ISecretVault, SecretVault>();
    }

    private static T Value<T>(this IServiceProvider services)
        where T : class
        => services.GetRequiredService<IOptions<T>>().Value;
}

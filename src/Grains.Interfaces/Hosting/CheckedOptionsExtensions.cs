using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace CalendarActors.Grains.Interfaces.Hosting;

/// <summary>Binds option classes whose <c>Problems()</c> name what is wrong and what to do.</summary>
public static class CheckedOptionsExtensions
{
    /// <summary>Binds, and refuses to start with every problem at once. Calling it again for the same class does nothing.</summary>
    /// <typeparam name="T">The class; its defaults are in its code.</typeparam>
    /// <param name="services">Where it is added.</param>
    /// <param name="configuration">The root.</param>
    /// <param name="section">The section's path.</param>
    /// <param name="problems">Everything wrong with a value.</param>
    public static IServiceCollection AddCheckedOptions<T>(
        this IServiceCollection services,
        IConfiguration configuration,
        string section,
        Func<T, IEnumerable<string>> problems)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        if (services.Any(d => d.ImplementationInstance is ProblemsValidator<T>))
        {
            return services;
        }

        services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>>(new ProblemsValidator<T>(problems));
        return services;
    }

    /// <summary>What every process of the cluster binds: storage, node, dashboard and public URL.</summary>
    /// <param name="services">Where they are added.</param>
    /// <param name="configuration">The root.</param>
    public static IServiceCollection AddSharedHostingOptions(
        this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        StorageOptions storage = configuration.ReadOptions<StorageOptions>(StorageOptions.Section);
        _ = configuration.ReadOptions<NodeOptions>(NodeOptions.Section);

        // Faults of PostgreSQL travel as what they are; by default only those of System and Microsoft do, and a gateway
        // would take a database that is away for a bug.
        services.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("Npgsql"));
        services.AddCheckedOptions<StorageOptions>(configuration, StorageOptions.Section, o => o.Problems());
        services.AddCheckedOptions<NodeOptions>(configuration, NodeOptions.Section, o => o.Problems(storage));
        services.AddCheckedOptions<OperatorDashboardOptions>(
            configuration, OperatorDashboardOptions.Section, _ => OperatorDashboardOptions.Problems());
        services.AddCheckedOptions<PublicUrlOptions>(configuration, PublicUrlOptions.Section, o => o.Problems());
        return services;
    }

    /// <summary>Reads an option class now, for composition that depends on its values.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="configuration">The root.</param>
    /// <param name="section">The section's path.</param>
    /// <returns>Bound over the defaults; not validated, which happens at start with all problems together.</returns>
    /// <exception cref="OptionsValidationException">A text is no number or none of the words that its option takes.</exception>
    public static T ReadOptions<T>(this IConfiguration configuration, string section)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        IConfigurationSection values = configuration.GetSection(section);
        string[] unreadable = [.. typeof(T).GetProperties().Select(p => Unreadable(p, values[p.Name])).OfType<string>()
            .Select(words => $"{section}:{words}")];
        return unreadable.Length == 0
            ? values.Get<T>() ?? new T()
            : throw new OptionsValidationException(section, typeof(T), unreadable);

        string? Unreadable(PropertyInfo property, string? text)
            => text switch
            {
                null => null,
                _ when property.PropertyType == typeof(int) && !int.TryParse(text, CultureInfo.InvariantCulture, out _) =>
                    $"{property.Name} is '{text}', which is no number. Set {Variable(property)} to a number.",
                _ when property.PropertyType.IsEnum && !Enum.TryParse(property.PropertyType, text, ignoreCase: true, out _) =>
                    $"{property.Name} is '{text}', which we do not know. Set {Variable(property)} to "
                    + $"{string.Join(" or ", Enum.GetNames(property.PropertyType))}.",
                _ => null,
            };

        string Variable(PropertyInfo property) => $"{section}:{property.Name}".Replace(":", "__", StringComparison.Ordinal);
    }

    private sealed class ProblemsValidator<T>(Func<T, IEnumerable<string>> problems) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            string[] found = [.. problems(options)];
            return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
        }
    }
}

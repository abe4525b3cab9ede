using CalendarActors.Domain.Providers;
using CalendarActors.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Convergence.Tests;

/// <summary>A provider, and the real adapter that talks to it.</summary>
public abstract class Stage : IAsyncDisposable
{
    private ServiceProvider? _services;

    /// <summary>A value of <c>provider_name</c>.</summary>
    public abstract string ProviderName { get; }

    /// <summary>Requests that the provider has not answered yet.</summary>
    public abstract int InFlight { get; }

    /// <summary>The adapter.</summary>
    public ICalendarProvider Provider => _services!.GetRequiredService<IProviderCatalog>().Find(ProviderName)!;

    /// <summary>Adds somebody with a calendar, logged in here.</summary>
    public abstract Task<RemoteLogin> AddAsync(string name, Random random);

    /// <summary>Switches on what may go wrong at any time. Notifications are not its matter.</summary>
    /// <param name="isCompared">False to leave out what only a comparison can find.</param>
    public abstract void Trouble(bool isCompared);

    /// <summary>Sends the notifications that are due.</summary>
    public virtual Task DeliverAsync() => Task.CompletedTask;

    /// <summary>Nothing goes wrong any more.</summary>
    public abstract void Calm();

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }

    /// <summary>Builds the adapter as production does.</summary>
    protected void Build(TimeProvider time, IReadOnlyDictionary<string, string?> settings) => _services = new ServiceCollection()
        .AddSingleton(time)
        .AddCalendarActorsProviders(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .BuildServiceProvider();
}

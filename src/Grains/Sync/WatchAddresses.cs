using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Where providers notify us: paths of the gateway below the public URL.</summary>
internal sealed class WatchAddresses(IOptions<PublicUrlOptions> publicUrl)
{
    /// <summary>Stands for the application in a watch's secret, which belongs to none.</summary>
    public const string Client = "app_hook";

    public WatchRequest RequestOf(string providerName, string id, string secret, Instant until)
    {
        string hook = $"{publicUrl.Value.Base}/hooks/{(providerName == ProviderNames.Google ? "google" : "microsoft")}";
        return new WatchRequest(id, secret, new Uri(hook), new Uri(hook + "/lifecycle"), until);
    }
}

using System.Globalization;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>
/// Whatever another client does, we do, the provider fails and our process loses: at the end the cache is what the
/// provider has, and every acknowledged write is there once.
/// </summary>
/// <remarks>
/// <c>CALENDARACTORS_TEST_SCALE</c> multiplies the seeds, <c>CALENDARACTORS_SEED</c> replays one.
/// </remarks>
[Collection(SharedCluster.Name)]
public sealed class ConvergenceTests(CalendarCluster cluster)
{
    private const int Seeds = 6;
    private const int Steps = 40;

    [Theory]
    [InlineData(ProviderNames.CalDav)]
    [InlineData(ProviderNames.Google)]
    [InlineData(ProviderNames.Office365)]
    public async Task CacheAndProvider_AfterAnyHistory_AreEqual(string providerName)
    {
        InMemoryCalendarProvider provider = providerName switch
        {
            ProviderNames.Google => cluster.Pushed,
            ProviderNames.Office365 => cluster.Subscribed,
            _ => cluster.Provider,
        };
        int scale = Number("CALENDARACTORS_TEST_SCALE") ?? 1;
        IEnumerable<int> seeds = Number("CALENDARACTORS_SEED") is { } one ? [one] : Enumerable.Range(1, Seeds * scale);
        foreach (int seed in seeds)
        {
            History history = new(cluster, provider, seed);
            try
            {
                await history.RunAsync(Steps);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"CALENDARACTORS_SEED={seed} fails:\n{string.Join('\n', history.Script)}", exception);
            }
            finally
            {
                history.Calm();
            }
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : null;
}

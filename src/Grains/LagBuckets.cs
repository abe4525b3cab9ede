using System.Diagnostics.Metrics;

namespace CalendarActors.Grains;

/// <summary>How histograms of lags are cut: from a notification that is followed at once to a provider that was down for a day.</summary>
internal static class LagBuckets
{
    /// <summary>Upper bounds in seconds.</summary>
    public static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 21600, 86400],
    };
}

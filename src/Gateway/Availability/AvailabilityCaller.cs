using System.Collections.Immutable;

namespace CalendarActors.Gateway.Availability;

/// <summary>Who asks when people have time.</summary>
/// <param name="ClientId">The application.</param>
/// <param name="Subs">The accounts that may be asked about; default for all of the application's.</param>
internal sealed record AvailabilityCaller(string ClientId, ImmutableArray<string> Subs)
{
    /// <summary>True when an account may be asked about.</summary>
    public bool MayAskAbout(string sub) => Subs.IsDefault || Subs.Contains(sub, StringComparer.Ordinal);
}

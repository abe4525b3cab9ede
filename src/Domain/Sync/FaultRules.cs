using CalendarActors.Domain.Providers;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>When to try again after a fault. Nobody sleeps: the answer is stored and looked at later.</summary>
public static class FaultRules
{
    /// <summary>Wait after the first fault.</summary>
    public static readonly Duration FirstWait = Duration.FromSeconds(5);

    /// <summary>The longest wait that we choose ourselves.</summary>
    public static readonly Duration LongestWait = Duration.FromMinutes(15);

    /// <summary>The longest that a provider can make us wait by asking.</summary>
    public static readonly Duration LongestAskedWait = Duration.FromHours(24);

    /// <summary>The record after one more fault.</summary>
    /// <param name="before">The record so far; null after a success.</param>
    /// <param name="fault">What happened.</param>
    /// <param name="now">The clock.</param>
    /// <param name="chance">0 inclusive to 1 exclusive: spreads those who failed together.</param>
    public static FaultRecord After(FaultRecord? before, ProviderFault fault, Instant now, double chance)
    {
        int count = before is null ? 1 : Math.Min(before.Count + 1, 1_000);
        Duration wait = WaitAfter(fault.Kind, count, chance);
        Instant notBefore = now + wait;
        if (fault.NotBefore is { } asked && asked > notBefore)
        {
            notBefore = Instant.Min(asked, now + LongestAskedWait);
        }

        return new FaultRecord(fault.Kind, count, notBefore, fault.Detail);
    }

    /// <summary>The record when the provider was not asked, because it asked to be left alone: no fault more than before.</summary>
    /// <param name="before">The record so far; null after a success.</param>
    /// <param name="fault">Why it was not asked, and until when.</param>
    /// <param name="now">The clock.</param>
    /// <param name="chance">0 inclusive to 1 exclusive: spreads those who wait for the same moment.</param>
    public static FaultRecord NotAsked(FaultRecord? before, ProviderFault fault, Instant now, double chance) =>
        new(fault.Kind, before?.Count ?? 1, (fault.NotBefore ?? now) + (FirstWait * chance), fault.Detail);

    /// <summary>Half of it certain, half of it chance.</summary>
    private static Duration WaitAfter(ProviderFaultKind kind, int count, double chance)
    {
        // A lost cursor is no failure of the provider: the next pull starts anew, at once the first time.
        if (kind == ProviderFaultKind.ResyncRequired && count == 1)
        {
            return Duration.Zero;
        }

        // A person must do something about these first; looking more often would not help.
        bool isSlow = kind is ProviderFaultKind.ScopeMissing or ProviderFaultKind.Rejected or ProviderFaultKind.NotAProvider;
        Duration full = isSlow
            ? LongestWait
            : Duration.Min(LongestWait, FirstWait * Math.Pow(2, Math.Min(count - 1, 20)));
        return (full * 0.5) + (full * (0.5 * chance));
    }
}

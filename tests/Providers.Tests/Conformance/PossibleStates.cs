namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>What each event of ours may be at the provider, after writes whose outcome is not always known.</summary>
internal static class PossibleStates
{
    /// <summary>Notes a write: a failure leaves open whether it was done, a success leaves nothing open.</summary>
    /// <param name="possible">Titles by key; null in it for an event that is not there.</param>
    /// <param name="key">Whose.</param>
    /// <param name="state">What was written; null for a deletion.</param>
    /// <param name="isSure">True when it was answered.</param>
    public static void Note(this Dictionary<string, HashSet<string?>> possible, string key, string? state, bool isSure)
    {
        if (isSure || !possible.TryGetValue(key, out HashSet<string?>? states))
        {
            possible[key] = states = isSure ? [] : [null];
        }

        states.Add(state);
    }
}

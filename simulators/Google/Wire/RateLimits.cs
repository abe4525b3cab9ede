namespace CalendarActors.Simulators.Google.Wire;

/// <summary>Sliding minutes, of each user and of all.</summary>
internal sealed class RateLimits(GoogleState state)
{
    private const string Everybody = "*";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Queue<DateTimeOffset>> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts a request, or refuses it.</summary>
    public void Count(string email)
    {
        Take(Everybody, state.Options.RequestsPerMinute, "rateLimitExceeded", "Rate Limit Exceeded");
        Take(email, state.Options.RequestsPerUserPerMinute, "userRateLimitExceeded", "User Rate Limit Exceeded");
    }

    private void Take(string whose, int? limit, string reason, string message)
    {
        if (limit is not { } most)
        {
            return;
        }

        if (!_seen.TryGetValue(whose, out Queue<DateTimeOffset>? seen))
        {
            _seen[whose] = seen = new();
        }

        while (seen.TryPeek(out DateTimeOffset oldest) && oldest <= state.Now - Window)
        {
            seen.Dequeue();
        }

        if (seen.Count >= most)
        {
            throw new GoogleProblemException(state.Options.RateLimitStatus, reason, message, "usageLimits");
        }

        seen.Enqueue(state.Now);
    }
}

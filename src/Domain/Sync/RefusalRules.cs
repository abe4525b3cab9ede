using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>When a login counts as dead.</summary>
/// <remarks>
/// One refusal proves little: providers answer 401 while they deploy, and a credential may have been renewed between
/// borrowing and using it. Only refusals of the credential that is still stored are counted.
/// </remarks>
public static class RefusalRules
{
    /// <summary>So many refusals in a row.</summary>
    public const int Needed = 3;

    /// <summary>True when the refusals are enough and lasted long enough.</summary>
    /// <param name="count">Refusals in a row, the present one included.</param>
    /// <param name="first">When the first one happened.</param>
    /// <param name="now">The clock.</param>
    /// <param name="spread">How long they must have lasted.</param>
    public static bool IsDead(int count, Instant first, Instant now, Duration spread) =>
        count >= Needed && now - first >= spread;
}

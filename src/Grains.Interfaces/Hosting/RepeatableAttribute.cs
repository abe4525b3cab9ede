namespace CalendarActors.Grains.Interfaces.Hosting;

/// <summary>
/// Marks a grain's method that may be called again when nobody knows whether the first call arrived: called twice, it
/// leaves and answers what it does called once.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RepeatableAttribute : Attribute
{
    /// <summary>
    /// How long such a call waits for its answer, as <see cref="ResponseTimeoutAttribute"/> takes it; the silo that had it may
    /// be gone.
    /// </summary>
    public const string Patience = "00:00:10";
}

namespace CalendarActors.Gateway.Hosting;

/// <summary>How a gateway leaves its proxy, from configuration section <c>CalendarActors:Drain</c>.</summary>
public sealed class DrainOptions
{
    public const string Section = "CalendarActors:Drain";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>
    /// For how long a process that was told to stop still serves while <c>/health/ready</c> answers 503: longer than the
    /// proxy needs to notice. 0 to 20 seconds, default 0: stop at once.
    /// </summary>
    public TimeSpan Delay { get; set; } = TimeSpan.Zero;

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (Delay < TimeSpan.Zero || Delay > Longest)
        {
            // The host gives its parts 30 s to stop, and what is being answered then needs a share of it.
            yield return $"{Section}:Delay is {Delay:c}. Set CalendarActors__Drain__Delay to 00:00:00 to {Longest:c}.";
        }
    }
}

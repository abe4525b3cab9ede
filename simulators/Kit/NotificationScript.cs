namespace CalendarActors.Simulators.Kit;

/// <summary>Says what becomes of notifications, by chance from a seed. All probabilities are 0 to 1 and start at 0.</summary>
/// <param name="seed">Where chance starts.</param>
public sealed class NotificationScript(int seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    /// <summary>Never sent.</summary>
    public double Lose { get; set; }

    /// <summary>Sent <see cref="Copies"/> times.</summary>
    public double Duplicate { get; set; }

    /// <summary>How often a duplicated one is sent.</summary>
    public int Copies { get; set; } = 2;

    /// <summary>Sent late; which also lets later ones overtake it.</summary>
    public double Delay { get; set; }

    /// <summary>How late at most.</summary>
    public TimeSpan DelayAtMost { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Changes places with its neighbor when both are due at the same delivery.</summary>
    public double Reorder { get; set; }

    /// <summary>A forgery with a wrong secret is sent as well.</summary>
    public double Forge { get; set; }

    /// <summary>Sent before readers see the change.</summary>
    public double BeforeReadable { get; set; }

    /// <summary>How long readers wait then.</summary>
    public TimeSpan ReadableAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many it decided about so far.</summary>
    public int Decided { get; private set; }

    /// <summary>How many of them it lost.</summary>
    public int Lost { get; private set; }

    /// <summary>How many it had sent several times.</summary>
    public int Doubled { get; private set; }

    /// <summary>How many it had sent late, those that it lost left out.</summary>
    public int Delayed { get; private set; }

    /// <summary>Every notification once and at once from now on.</summary>
    public void Clear() => Lose = Duplicate = Delay = Reorder = Forge = BeforeReadable = 0;

    /// <summary>Called by a provider for each change, before it appends the change to its log.</summary>
    public NotificationFate Decide()
    {
        lock (_lock)
        {
            // Always the same number of draws, so that switching one fault on does not shift the others.
            bool lost = Hit(Lose), doubled = Hit(Duplicate), late = Hit(Delay), forged = Hit(Forge), early = Hit(BeforeReadable);
            TimeSpan delay = DelayAtMost * _random.NextDouble();
            int copies = doubled ? Copies : 1;
            Decided++;
            Lost += lost ? 1 : 0;
            Doubled += doubled && !lost ? 1 : 0;
            Delayed += late && !lost ? 1 : 0;
            return new(lost ? 0 : copies, late ? delay : TimeSpan.Zero, forged, early ? ReadableAfter : TimeSpan.Zero);
        }
    }

    internal bool SwapsWithNext()
    {
        lock (_lock)
        {
            return Hit(Reorder);
        }
    }

    private bool Hit(double probability) => _random.NextDouble() < probability;
}

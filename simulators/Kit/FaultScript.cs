namespace CalendarActors.Simulators.Kit;

/// <summary>
/// Says for each request what goes wrong with it: by turn, by the n-th call, or by chance from a seed. The same seed and the
/// same order of requests give the same faults.
/// </summary>
/// <param name="seed">Where chance starts.</param>
public sealed class FaultScript(int seed)
{
    /// <summary>Stands for every class of request.</summary>
    public const string AnyRequest = "*";

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, Queue<Fault>> _next = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Class, int Call), Fault> _planned = [];
    private readonly List<(string Class, double Probability, Fault Fault)> _chances = [];
    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action> _seams = new(StringComparer.Ordinal);

    /// <summary>Names of the provider's own faults, for <see cref="Fault.OfProvider"/>.</summary>
    public IReadOnlyCollection<string> Seams
    {
        get
        {
            lock (_lock)
            {
                return [.. _seams.Keys];
            }
        }
    }

    /// <summary>Called by a provider: announces a fault of its own, and what to do before the request that it hits.</summary>
    public void Register(string seam, Action? act = null)
    {
        lock (_lock)
        {
            _seams[seam] = act ?? (static () => { });
        }
    }

    /// <summary>The next requests of a class get these faults, in order. <see cref="Fault.None"/> lets one through.</summary>
    public void Next(string requestClass, params Fault[] faults)
    {
        lock (_lock)
        {
            if (!_next.TryGetValue(requestClass, out var queue))
            {
                _next[requestClass] = queue = new Queue<Fault>();
            }

            foreach (Fault fault in faults)
            {
                queue.Enqueue(Known(fault));
            }
        }
    }

    /// <summary>The n-th request of a class, counted from 1 at the simulator's start, gets a fault.</summary>
    public void OnCall(string requestClass, int call, Fault fault)
    {
        lock (_lock)
        {
            _planned[(requestClass, call)] = Known(fault);
        }
    }

    /// <summary>Each request of a class gets a fault with this probability, 0 to 1. The first chance that hits wins.</summary>
    public void Randomly(string requestClass, double probability, Fault fault)
    {
        lock (_lock)
        {
            _chances.Add((requestClass, probability, Known(fault)));
        }
    }

    /// <summary>From now on nothing goes wrong. Calls go on being counted.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _next.Clear();
            _planned.Clear();
            _chances.Clear();
        }
    }

    /// <summary>Called by the host: what goes wrong with this request.</summary>
    public Fault Choose(string requestClass)
    {
        Action? act = null;
        Fault fault;
        lock (_lock)
        {
            fault = Turn(requestClass) ?? Turn(AnyRequest) ?? Chance(requestClass) ?? Fault.None;
            if (fault.Seam is { } seam)
            {
                act = _seams[seam];
            }
        }

        // Outside the lock: the provider's action takes the provider's lock.
        act?.Invoke();
        return fault;
    }

    private Fault? Turn(string requestClass)
    {
        int call = _calls[requestClass] = _calls.GetValueOrDefault(requestClass) + 1;
        if (_planned.Remove((requestClass, call), out Fault? planned))
        {
            return planned;
        }

        return _next.TryGetValue(requestClass, out var queue) && queue.TryDequeue(out Fault? next) ? next : null;
    }

    private Fault? Chance(string requestClass)
    {
        foreach (var (of, probability, fault) in _chances)
        {
            // Drawn only for the class it is for, so that other requests do not shift the sequence.
            if ((of == requestClass || of == AnyRequest) && _random.NextDouble() < probability)
            {
                return fault;
            }
        }

        return null;
    }

    private Fault Known(Fault fault) => fault.Seam is not { } seam || _seams.ContainsKey(seam)
        ? fault
        : throw new ArgumentException($"No fault is called '{seam}'. Known: {string.Join(", ", _seams.Keys)}.", nameof(fault));
}

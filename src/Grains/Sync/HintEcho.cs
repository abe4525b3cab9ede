using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>What a hint and the pull after it say about each other.</summary>
/// <remarks>
/// A provider may tell us of a change before it can be read: a pull that brings nothing is repeated a few times. And a
/// change that nobody told us of says that the watch is deaf. In memory only: while another look is due the calendar stays
/// dirty in its outbox, and an activation that begins anew with that pulls at once.
/// </remarks>
internal sealed class HintEcho
{
    private static readonly ImmutableArray<Duration> Waits =
        [Duration.FromSeconds(5), Duration.FromSeconds(30), Duration.FromMinutes(5)];

    private Instant? _hinted;
    private Instant? _answering;
    private bool _isPulling;
    private int _looks = Waits.Length;

    /// <summary>When to pull again after a hint that brought nothing; null for not.</summary>
    public Instant? NextLook { get; private set; }

    /// <summary>True from a change that we were not told of until the next hint.</summary>
    public bool IsDeaf { get; private set; }

    /// <summary>How long the last change that we were told of took to be seen here; null before the first.</summary>
    public Duration? Lag { get; private set; }

    /// <summary>The provider told us of a change.</summary>
    public void Hinted(Instant now)
    {
        _hinted ??= now;
        IsDeaf = false;
    }

    /// <summary>A pull begins: hints from here on belong to the next one.</summary>
    public void Looking()
    {
        if (_hinted is not null)
        {
            (_looks, _answering, _hinted) = (0, _hinted, null);
        }

        _isPulling = _looks < Waits.Length;
        NextLook = null;
    }

    /// <summary>A pull ended well.</summary>
    /// <param name="hasChanges">True when it brought something.</param>
    /// <param name="isPoll">True when nobody had told us to pull, although we are watching.</param>
    /// <param name="now">The clock.</param>
    public void Looked(bool hasChanges, bool isPoll, Instant now)
    {
        IsDeaf |= isPoll && hasChanges && _hinted is null;
        if (hasChanges)
        {
            Lag = _answering is { } told ? now - told : Lag;
            (_looks, _answering) = (Waits.Length, null);
        }
        else if (_isPulling)
        {
            NextLook = now + Waits[_looks++];
        }
    }
}

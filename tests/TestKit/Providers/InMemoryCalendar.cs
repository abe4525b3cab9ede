using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;

namespace CalendarActors.TestKit.Providers;

/// <summary>
/// One calendar of <see cref="InMemoryCalendarProvider"/>, as another client and an all-knowing observer see it.
/// </summary>
public sealed class InMemoryCalendar
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ProviderItem> _items = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly List<(long Sequence, string ItemId)> _changes = [];
    private readonly TimeProvider _time;
    private long _sequence;
    private int _epoch = 1;
    private long _deafBefore;

    internal InMemoryCalendar(string id, string owner, string name, bool isReadOnly, string? zoneId, TimeProvider time)
    {
        Id = id;
        Owner = owner;
        Name = name;
        IsReadOnly = isReadOnly;
        ZoneId = zoneId;
        _time = time;
    }

    /// <summary>The provider's calendar id.</summary>
    public string Id { get; }

    /// <summary>User name of the login.</summary>
    public string Owner { get; }

    /// <summary>Display name.</summary>
    public string Name { get; set; }

    /// <summary>True to reject writes through the port; <see cref="Put"/> still works.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>The calendar's zone.</summary>
    public string? ZoneId { get; set; }

    /// <summary><c>#RRGGBB</c>.</summary>
    public string? Color { get; set; }

    /// <summary>What the provider makes of what is written through the port; null to take it as it is.</summary>
    public Func<CalendarObject, CalendarObject>? Rewriting { get; set; }

    /// <summary>True once the calendar is gone: every call answers <see cref="ProviderFaultKind.NotFound"/>.</summary>
    public bool IsGone { get; set; }

    /// <summary>The oracle: what is truly there now, by id.</summary>
    public ImmutableSortedDictionary<string, ProviderItem> Items
    {
        get
        {
            lock (_lock)
            {
                return _items.ToImmutableSortedDictionary(StringComparer.Ordinal);
            }
        }
    }

    /// <summary>How many changes were ever made: an unnecessary write shows here.</summary>
    public int ChangeCount
    {
        get
        {
            lock (_lock)
            {
                return _changes.Count;
            }
        }
    }

    /// <summary>Another client creates or replaces an item.</summary>
    /// <param name="calendarObject">What it holds afterwards.</param>
    /// <param name="itemId">Which item; null for one named by the UID.</param>
    public ProviderItem Put(CalendarObject calendarObject, string? itemId = null)
    {
        lock (_lock)
        {
            return Store(itemId ?? ItemIdOf(calendarObject.Uid), calendarObject);
        }
    }

    /// <summary>Another client deletes an item.</summary>
    /// <returns>True when it was there.</returns>
    public bool Remove(string itemId)
    {
        lock (_lock)
        {
            return Drop(itemId);
        }
    }

    /// <summary>Another client replaces an item by something that cannot be read.</summary>
    public void Garble(string itemId)
    {
        lock (_lock)
        {
            if (_items.TryGetValue(itemId, out ProviderItem? item))
            {
                Store(itemId, item.Object);
                _unreadable.Add(itemId);
            }
        }
    }

    /// <summary>A lagging copy answers pulls: it does not have this item yet. Writes meet it all the same.</summary>
    public void Hide(string itemId)
    {
        lock (_lock)
        {
            _hidden.Add(itemId);
        }
    }

    /// <summary>Pulls are answered from what is there.</summary>
    public void ShowAll()
    {
        lock (_lock)
        {
            _hidden.Clear();
        }
    }

    /// <summary>Every cursor given so far answers <see cref="ProviderFaultKind.ResyncRequired"/> from now on.</summary>
    public void InvalidateCursors()
    {
        lock (_lock)
        {
            _epoch++;
        }
    }

    /// <summary>
    /// Every cursor given so far answers an empty success once, as some servers do with a token that they forgot: what
    /// changed since is only found by a reconciliation.
    /// </summary>
    public void ForgetCursorsSilently()
    {
        lock (_lock)
        {
            _deafBefore = ++_sequence;
        }
    }

    /// <summary>The id that an item of this name has.</summary>
    public string ItemIdOf(string name) => $"{Id}{name}.ics";

    internal ProviderResult<PullChanges> Pull(string? cursor)
    {
        lock (_lock)
        {
            if (cursor is null)
            {
                return Answer(_items.Keys, [], isComplete: true);
            }

            string[] parts = cursor.Split(':');
            if (parts is not ["m1", var epoch, var after] || epoch != $"{_epoch}" || !long.TryParse(after, out long since))
            {
                return new ProviderFault(ProviderFaultKind.ResyncRequired, "The cursor is not known here.");
            }

            string[] touched = since < _deafBefore
                ? []
                : _changes.Where(c => c.Sequence > since).Select(c => c.ItemId).Distinct(StringComparer.Ordinal).ToArray();
            return Answer(touched.Where(_items.ContainsKey), touched.Where(id => !_items.ContainsKey(id)), isComplete: false);
        }
    }

    internal PullChanges Reconcile(IReadOnlyDictionary<string, string?> known)
    {
        lock (_lock)
        {
            return Answer(
                _items.Values.Where(i => !known.TryGetValue(i.Id, out string? v) || v != i.Version).Select(i => i.Id),
                known.Keys.Where(id => !_items.ContainsKey(id) || _hidden.Contains(id)),
                isComplete: false);
        }
    }

    internal ProviderResult<ProviderItem> Write(ProviderWrite write)
    {
        lock (_lock)
        {
            string id = write.ItemId ?? ItemIdOf(write.EventKey);
            ProviderItem? existing = _items.GetValueOrDefault(id);
            if (existing is null && (id != ItemIdOf(write.EventKey) || write.MustExist))
            {
                return new ProviderFault(ProviderFaultKind.NotFound, "An event that is not ours is not there any more.");
            }

            CalendarObject after = write.Change.ApplyTo(existing?.Object, write.EventKey);
            after = Rewriting?.Invoke(after) ?? after;
            return existing is not null && existing.Object == after ? existing : Store(id, after);
        }
    }

    internal ProviderResult<ProviderItem> Answer(ProviderAnswer answer)
    {
        lock (_lock)
        {
            if (_items.GetValueOrDefault(answer.ItemId) is not { } existing)
            {
                return new ProviderFault(ProviderFaultKind.NotFound, "The event is not there any more.");
            }

            if (existing.Object.Master?.Content.Attendees.Any(a => a.IsSameMailbox(answer.Answer.Email)) != true)
            {
                return new ProviderFault(ProviderFaultKind.Rejected, "The person is not invited.");
            }

            CalendarObject after = answer.Answer.ApplyTo(existing.Object);
            return existing.Object == after ? existing : Store(answer.ItemId, after);
        }
    }

    internal string Delete(string eventKey, string? itemId)
    {
        lock (_lock)
        {
            string id = itemId ?? ItemIdOf(eventKey);
            Drop(id);
            return id;
        }
    }

    private PullChanges Answer(IEnumerable<string> present, IEnumerable<string> removed, bool isComplete)
    {
        string[] ids = [.. present.Where(id => !_hidden.Contains(id)).Order(StringComparer.Ordinal)];
        return new PullChanges(
            [.. ids.Where(id => !_unreadable.Contains(id)).Select(id => _items[id])],
            [.. removed.Order(StringComparer.Ordinal)],
            Next: $"m1:{_epoch}:{_sequence}",
            isComplete,
            ZoneId,
            [.. ids.Where(_unreadable.Contains)]);
    }

    private ProviderItem Store(string itemId, CalendarObject calendarObject)
    {
        _sequence++;
        NodaTime.Instant now = NodaTime.Instant.FromDateTimeOffset(_time.GetUtcNow());
        var item = new ProviderItem(
            itemId,
            $"\"{_sequence}\"",
            calendarObject with { Created = calendarObject.Created ?? now, LastModified = now });
        _items[itemId] = item;
        _unreadable.Remove(itemId);
        _changes.Add((_sequence, itemId));
        return item;
    }

    private bool Drop(string itemId)
    {
        if (!_items.Remove(itemId))
        {
            return false;
        }

        _sequence++;
        _changes.Add((_sequence, itemId));
        return true;
    }
}

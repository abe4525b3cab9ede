using CalendarActors.Domain.Providers;
using NodaTime;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>Our copy of one calendar, kept by pulls as the product's schedule is.</summary>
internal sealed class GraphCopy(GraphUnderTest subject, string calendarId, Interval window)
{
    private string? _cursor;

    public GraphUnderTest Subject => subject;

    public Dictionary<string, ProviderItem> Items { get; } = new(StringComparer.Ordinal);

    public async Task<PullChanges?> PullAsync() =>
        Apply(await subject.Provider.PullAsync(subject.Typed, Request(_cursor), default));

    public async Task<PullChanges?> ReconcileAsync() =>
        Apply(await subject.Provider.ReconcileAsync(subject.Typed, Request(null), default));

    // What our keys name is managed, as an application's events are.
    private PullRequest Request(string? cursor) => new(
        calendarId,
        cursor,
        window,
        _ => ValueTask.FromResult<IReadOnlyDictionary<string, KnownVersion>>(Items.Values.ToDictionary(
            i => i.Id,
            i => new KnownVersion(i.Version, i.Object.Uid.StartsWith("own", StringComparison.Ordinal)),
            StringComparer.Ordinal)));

    private PullChanges? Apply(ProviderResult<PullChanges> pulled)
    {
        if (!pulled.IsSuccess)
        {
            Assert.True(pulled.Fault.Kind is not (ProviderFaultKind.Rejected or ProviderFaultKind.NotFound), pulled.ToString());
            _cursor = pulled.Fault.Kind == ProviderFaultKind.ResyncRequired ? null : _cursor;
            return null;
        }

        PullChanges changes = pulled.Value;
        Assert.Empty(changes.Unreadable);
        if (changes.IsComplete)
        {
            Assert.NotNull(changes.Covers);
            Items.Clear();
        }

        foreach (string id in changes.Removed)
        {
            Items.Remove(id);
        }

        foreach (ProviderItem item in changes.Upserted)
        {
            Items[item.Id] = item;
        }

        _cursor = changes.Next;
        return changes;
    }
}

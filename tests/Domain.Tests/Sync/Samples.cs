using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Tests.Sync;

/// <summary>Events, pulls and inputs that read well in a test.</summary>
internal static class Samples
{
    public static readonly Instant Now = Instant.FromUtc(2026, 2, 1, 12, 0);

    public static readonly ManagedKey Key = new("app_1", "e1");

    public static ExpandedWindow Window => ExpandedWindow.At(Now, 42, 201);

    public static ReconciliationInputs Inputs(Instant? now = null) => ReconciliationInputs.At(now ?? Now, Window);

    public static EventChange Change(string summary, int hour = 9) => new()
    {
        Start = CalendarTime.InZone(new LocalDateTime(2026, 2, 2, hour, 0), "Europe/Berlin"),
        End = CalendarTime.InZone(new LocalDateTime(2026, 2, 2, hour + 1, 0), "Europe/Berlin"),
        Summary = summary,
    };

    public static ProviderItem Item(string id, string version = "1", string? summary = null) =>
        new(id, version, Change(summary ?? id).ApplyTo(null, $"uid-{id}"));

    public static ProviderItem ItemAt(string id, string version, LocalDateTime start)
    {
        EventChange change = Change(id) with
        {
            Start = CalendarTime.InZone(start, "Europe/Berlin"),
            End = CalendarTime.InZone(start.PlusHours(1), "Europe/Berlin"),
        };
        return new(id, version, change.ApplyTo(null, $"uid-{id}"));
    }

    public static PullChanges Complete(params ProviderItem[] items) => new([.. items], [], "c1", IsComplete: true, null, []);

    public static PullChanges Delta(ProviderItem[] upserted, params string[] removed) =>
        new([.. upserted], [.. removed], "c2", IsComplete: false, null, []);

    public static Schedule Pulled(params ProviderItem[] items) =>
        Reconciler.Apply(Schedule.Empty, Complete(items), Inputs()).After;

    public static string KeyOf(ManagedKey key, int incarnation) => $"{key.EventId}x{incarnation}";

    public static PendingWrite Upsert(long sequence, string summary) => new(sequence, Key, Change(summary), Now);

    public static PendingWrite Delete(long sequence) => new(sequence, Key, null, Now);

    public static ImmutableArray<ProviderItem> Many(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Item($"i{i:D2}"))];
}

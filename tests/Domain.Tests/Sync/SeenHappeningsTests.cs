using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Domain.Tests.Sync;

/// <summary>Whatever a reader saw once, of what is committed or of what is pending, is there in the end or told to be gone.</summary>
public sealed class SeenHappeningsTests
{
    private const int Steps = 14;

    [Fact]
    public void Seen_AfterAnyWritesPullsAndRefusals_IsThereOrATombstone()
    {
        for (int seed = 0; seed < 1_500; seed++)
        {
            new Run(seed).Check();
        }
    }

    /// <summary>A calendar with one managed event, a provider that has it or not, and a reader who forgets nothing.</summary>
    private sealed class Run(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);
        private readonly List<PendingWrite> _pending = [];
        private readonly List<string> _script = [];
        private Schedule _schedule = Samples.Pulled();
        private ProviderItem? _departed;
        private Instant _now = Samples.Now;
        private long _sequence;
        private int _version;

        public void Check()
        {
            for (int step = 0; step < Steps; step++)
            {
                Act();
                See();
            }

            while (_pending.Count > 0)
            {
                Take(isRefused: false);
                See();
            }

            HashSet<string> told = [.. Shown().Select(h => h.Uid)];
            string[] lost = [.. _seen.Where(s => !told.Contains(s.Key)).Select(s => s.Value)];
            Assert.True(lost.Length == 0, $"seed {seed}: never told to be gone: {string.Join(", ", lost)}\n{string.Join('\n', _script)}");
        }

        private void Act()
        {
            _now += Duration.FromSeconds(10);
            switch (_random.Next(10))
            {
                case < 3:
                    Accept(Change());
                    break;
                case 3:
                    Accept(null);
                    break;
                case < 6:
                    Take(isRefused: false);
                    break;
                case 6:
                    Take(isRefused: true);
                    break;
                case 7:
                    Vanish();
                    break;
                case 8:
                    Return();
                    break;
                default:
                    Edit();
                    break;
            }
        }

        private EventChange Change()
        {
            int hour = 8 + _random.Next(3);
            return Samples.Change($"title {_sequence}", hour) with
            {
                Rules = Change<ImmutableArray<RecurrenceRule>>.To(_random.Next(2) == 0
                    ? []
                    : [new RecurrenceRule { Frequency = RecurrenceFrequency.Weekly, Count = 2 }]),
            };
        }

        private void Accept(EventChange? change)
        {
            _pending.Add(new PendingWrite(++_sequence, Samples.Key, change, _now));
            _script.Add($"accepted {_sequence}: {(change is null ? "deletion" : Kind(change))} at {change?.Start}");
        }

        private void Take(bool isRefused)
        {
            if (_pending.Count == 0)
            {
                return;
            }

            PendingWrite write = _pending[0];
            WriteStep step = WriteRules.Next(_schedule, write, Samples.KeyOf);
            _script.Add($"{(step.IsNothing ? "nothing to do for" : isRefused ? "refused" : "took")} {write.Sequence} as {step.EventKey}");
            if (!step.IsNothing)
            {
                Commit(isRefused
                    ? WriteRules.Rejected(_schedule, write, step, _now)
                    : write.Change is null
                        ? WriteRules.Deleted(_schedule, write, step, _now)
                        : WriteRules.Upserted(_schedule, write, step, Stored(write, step), _now),
                    write);
            }

            _pending.Remove(write);
        }

        // Now and then somebody has changed it before the answer is there.
        private ProviderItem Stored(PendingWrite write, WriteStep step)
        {
            CalendarObject? known = step.ItemId is null ? null : _schedule.Items.GetValueOrDefault(step.ItemId)?.Object;
            CalendarObject stored = write.ApplyTo(known, step.EventKey)!;
            return new ProviderItem(
                step.ItemId ?? $"item-{step.EventKey}",
                $"v{++_version}",
                _random.Next(4) == 0 ? Change().ApplyTo(stored, step.EventKey) : stored);
        }

        private void Vanish()
        {
            if (_schedule.Items.Values.FirstOrDefault() is { } item)
            {
                _script.Add($"gone at the provider: {item.Id}");
                _departed = new ProviderItem(item.Id, item.Version, item.Object);
                Pull(Samples.Delta([], item.Id));
            }
        }

        private void Return()
        {
            if (_departed is { } item)
            {
                _script.Add($"there again: {item.Id}");
                Pull(Samples.Delta([item]));
            }
        }

        private void Edit()
        {
            if (_schedule.Items.Values.FirstOrDefault() is { } item)
            {
                EventChange change = Change();
                _script.Add($"edited at the provider: {item.Id} {Kind(change)} at {change.Start}");
                Pull(Samples.Delta([new ProviderItem(item.Id, $"v{++_version}", change.ApplyTo(item.Object, item.Object.Uid))]));
            }
        }

        private void Pull(PullChanges changes) => Commit(Reconciler.Apply(
            _schedule,
            changes,
            Samples.Inputs(_now) with
            {
                Expected = _pending.Where(w => w.Change is not null).Take(1).ToDictionary(
                    w => Samples.KeyOf(w.Key, _schedule.Managed.GetValueOrDefault(w.Key)?.Incarnation ?? 0), w => w.Key),
            }).After);

        private void Commit(Schedule after, PendingWrite? settled = null) =>
            _schedule = PendingGhosts.Left(_schedule, after, _pending, [.. _pending.Where(w => w != settled)], Samples.KeyOf);

        private void See()
        {
            foreach (Happening happening in Shown().Where(h => !h.IsDeleted))
            {
                _seen[happening.Uid] = $"{happening.Occurrence.Content.Summary} at {happening.Occurrence.Start} ({happening.Uid[^4..]})";
            }
        }

        private IReadOnlyList<Happening> Shown() => Projection.Project(
            "cal_1", _schedule, _pending, new HashSet<string>(), Samples.Window, Samples.KeyOf).Happenings;

        private static string Kind(EventChange change) => change.Rules.Or([]).IsEmpty ? "single" : "series";
    }
}

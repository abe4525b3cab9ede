using System.Collections.Immutable;
using System.Diagnostics;
using CalendarActors.Domain.Availability;
using NodaTime;

namespace CalendarActors.Bench;

/// <summary>W2 without HTTP, grains or JSON: the search itself, beside the same by sorted stretches alone.</summary>
internal static class SearchBench
{
    private const int Seed = 20260329;
    private const int Step = 15 * 60;
    private const int Meeting = 30 * 60;

    private static readonly string[] Zones = ["Europe/Lisbon", "Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Athens"];

    public static Task RunAsync(BenchOptions options)
    {
        Report.Title("search: the same question in memory, hours expanded once");
        DateTime day = SeededEvents.WindowStart(DateTime.UtcNow);
        long start = new DateTimeOffset(day, TimeSpan.Zero).ToUnixTimeSeconds();
        Stretch window = new(start, start + (28 * 86_400));
        foreach (int people in (int[])[1, 10, 50, 100])
        {
            ImmutableArray<MemberTime> members = [.. Enumerable.Range(0, people).Select(n => MemberOf(n, day, window))];
            AvailabilityQuery query = new()
            {
                Groups = [new MemberGroup(people, [.. Enumerable.Range(0, people)])],
                Duration = Meeting,
                Starts = CandidateStarts.Every(Step, TimeSet.Of(window), start, Meeting),
                Format = AvailabilityFormat.OverlappingSlots,
                MaxResults = int.MaxValue,
            };
            if (!AvailabilitySearch.Find(query, members).Select(t => t.Start).SequenceEqual(BySortedStretches(query, members, window)))
            {
                throw new InvalidOperationException("The two do not find the same.");
            }

            double[] medians = [.. new Func<int>[] { () => AvailabilitySearch.Find(query, members).Length, () => BySortedStretches(query, members, window).Count }
                .Select(find => Alternating.Median(Enumerable.Range(0, options.Legs).Select(_ => Microseconds(find))))];
            Report.Line($"  {people,3} people: masks over packed stretches {medians[0],7:N1} us, sorted stretches alone {medians[1],7:N1} us, ratio {medians[1] / medians[0]:N1}");
        }

        return Task.CompletedTask;
    }

    /// <summary>What all are open to, less what any is busy with; then every start that fits.</summary>
    private static List<long> BySortedStretches(AvailabilityQuery query, ImmutableArray<MemberTime> members, Stretch window)
    {
        TimeSet open = TimeSet.Of(window);
        foreach (MemberTime member in members)
        {
            open = open.Intersect(member.Open!);
        }

        TimeSet busy = TimeSet.Union([.. members.Select(m => m.Busy)]);
        List<long> starts = [];
        foreach (Stretch stretch in open.Stretches())
        {
            long first = (stretch.Start + Step - 1) / Step * Step;
            for (long start = first; start + query.Duration <= stretch.End; start += Step)
            {
                if (busy.FirstIn(new Stretch(start, start + query.Duration)) is null)
                {
                    starts.Add(start);
                }
            }
        }

        return starts;
    }

    private static MemberTime MemberOf(int number, DateTime day, Stretch window)
    {
        ImmutableArray<WeeklyPeriod> hours = [.. Enumerable.Range(1, 5).Select(d => new WeeklyPeriod((IsoDayOfWeek)d, 9 * 60, 17 * 60))];
        TimeSet busy = TimeSet.Of(SeededEvents.Calendar(Seed + number, 60, day).Where(e => !e.AllDay).Select(e => new Stretch(
            new DateTimeOffset(e.Start, TimeSpan.Zero).ToUnixTimeSeconds(), new DateTimeOffset(e.End, TimeSpan.Zero).ToUnixTimeSeconds())));
        return new MemberTime(
            WeeklyHours.In(hours, DateTimeZoneProviders.Tzdb[Zones[number % Zones.Length]], window), busy.Overlapping(window), TimeSet.Empty);
    }

    private static double Microseconds(Func<int> find)
    {
        long until = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 2);
        long began = Stopwatch.GetTimestamp();
        int times = 0;
        for (; Stopwatch.GetTimestamp() < until; times++)
        {
            find();
        }

        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / times;
    }
}

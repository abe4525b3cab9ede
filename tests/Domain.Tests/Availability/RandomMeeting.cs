using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Tests.Recurrence;
using CsCheck;
using NodaTime;

namespace CalendarActors.Domain.Tests.Availability;

/// <summary>A question for times to meet, as somebody would ask it, made from a seed.</summary>
internal sealed record RandomMeeting
{
    // Around their changes of clocks: half an hour (Lord Howe), at midnight (Beirut), an hour at 45 past (Chatham), none at all.
    private static readonly (string Zone, LocalDate[] Days)[] Places =
    [
        ("Europe/London", [new(2026, 3, 29), new(2026, 10, 25)]),
        ("America/New_York", [new(2026, 3, 8), new(2026, 11, 1)]),
        ("Australia/Lord_Howe", [new(2026, 4, 5), new(2026, 10, 4)]),
        ("Asia/Beirut", [new(2026, 3, 29), new(2026, 10, 25)]),
        ("Pacific/Chatham", [new(2026, 4, 5), new(2026, 9, 27)]),
        ("Asia/Kathmandu", [new(2026, 6, 15)]),
        ("Etc/UTC", [new(2026, 6, 15)]),
    ];

    private static readonly int[] Steps = [5, 10, 15, 20, 30, 60];

    internal required ImmutableArray<RandomMember> Members { get; init; }

    internal required ImmutableArray<MemberGroup> Groups { get; init; }

    /// <summary>Seconds, like every time here; empty where starts are listed.</summary>
    internal required ImmutableArray<Stretch> Periods { get; init; }

    internal required ImmutableArray<long> Slots { get; init; }

    internal required int Duration { get; init; }

    internal required int? Step { get; init; }

    internal required int Before { get; init; }

    internal required int After { get; init; }

    internal required long Now { get; init; }

    internal required AvailabilityFormat Format { get; init; }

    internal required int MaxResults { get; init; }

    internal static Gen<RandomMeeting> Any => Gen.Int.Select(seed => Make(new Draw(seed)));

    /// <summary>All that anything is asked about.</summary>
    internal Stretch Whole => new(
        Periods.Select(p => p.Start).Concat(Slots).Min() - 86_400, Periods.Select(p => p.End).Concat(Slots).Max() + (2 * 86_400));

    internal AvailabilityQuery Query => new()
    {
        Groups = Groups,
        Duration = Duration,
        Starts = Slots.Length > 0
            ? CandidateStarts.Listed(Slots, Now)
            : CandidateStarts.Every(
                Format is AvailabilityFormat.Periods ? AvailabilityQuery.PeriodStep : Step!.Value, TimeSet.Of(Periods), Now, Duration),
        Format = Format,
        PeriodsBeginEvery = Step ?? AvailabilityQuery.PeriodStep,
        BufferBefore = Before,
        BufferAfter = After,
        MaxResults = MaxResults,
    };

    internal ImmutableArray<MemberTime> Times => [.. Members.Select(m => m.Time(Whole))];

    public override string ToString() => string.Join('\n',
    [
        $"{Format} of {Duration / 60} min, step {Step / 60}, buffers {Before / 60} {After / 60}, now {Show(Now)}, at most {MaxResults}",
        $"periods {string.Join(' ', Periods.Select(Show))} slots {string.Join(' ', Slots.Select(Show))}",
        .. Groups.Select(g => $"{g.Required} of {string.Join(',', g.Members)}"),
        .. Members.Select(m => m.ToString()),
    ]);

    internal static string Show(long second) => Instant.FromUnixTimeSeconds(second).ToString("uuuu-MM-ddTHH:mm:ss", null);

    internal static string Show(Stretch stretch) => $"{Show(stretch.Start)}/{Show(stretch.End)}";

    private static RandomMeeting Make(Draw draw)
    {
        (string zone, LocalDate[] days) = draw.Of(Places);
        long noon = DateTimeZoneProviders.Tzdb[zone].AtStartOfDay(draw.Of(days)).ToInstant().ToUnixTimeSeconds() + (12 * 3600);
        long Near() => noon + (60L * draw.Between(-1_300, 1_300));
        Stretch Around(int longest) => Near() is var start ? new Stretch(start, start + (60L * draw.Between(1, longest))) : default;

        int members = draw.Between(1, 4);
        AvailabilityFormat format = (AvailabilityFormat)draw.Between(0, 2);
        bool isListed = format != AvailabilityFormat.Periods && draw.Between(0, 4) == 0;
        return new RandomMeeting
        {
            Members = [.. Enumerable.Range(0, members).Select(_ => Member(draw, zone, noon, Around))],
            Groups = [.. Enumerable.Range(0, draw.Between(1, 2)).Select(_ => Group(draw, members))],
            Periods = isListed ? [] : [.. Enumerable.Range(0, draw.Between(1, 3)).Select(_ => Around(1_500))],
            Slots = isListed ? [.. Enumerable.Range(0, draw.Between(1, 12)).Select(_ => Near() + draw.Between(0, 59))] : [],
            Duration = 60 * draw.Of<int>([1, 7, 15, 30, 45, 60, 120]),
            Step = format == AvailabilityFormat.Periods && draw.Between(0, 1) == 0 ? null : 60 * draw.Of(Steps),
            Before = 60 * draw.Of<int>([0, 0, 5, 30]),
            After = 60 * draw.Of<int>([0, 0, 10, 30]),
            Now = noon + (60L * draw.Of<int>([-3_000, -3_000, -700, -7])),
            Format = format,
            MaxResults = draw.Of<int>([1, 5, 512]),
        };
    }

    private static MemberGroup Group(Draw draw, int members)
    {
        ImmutableArray<int> some = [.. Enumerable.Range(0, members).Where(_ => draw.Between(0, 3) > 0)];
        some = some.IsEmpty ? [0] : some;
        return new MemberGroup(draw.Between(0, 2) == 0 ? draw.Between(1, some.Length) : some.Length, some);
    }

    private static RandomMember Member(Draw draw, string home, long noon, Func<int, Stretch> around) => new()
    {
        Zone = draw.Between(0, 2) == 0 ? draw.Of(Places).Zone : home,
        Weekly = draw.Between(0, 1) == 0
            ? []
            : [.. Enumerable.Range(0, draw.Between(1, 6)).Select(_ => Weekly(draw, noon))],
        Open = draw.Between(0, 2) > 0 ? [] : [.. Enumerable.Range(0, draw.Between(1, 3)).Select(_ => around(700))],

        // Some of them to the second.
        Busy = [.. Enumerable.Range(0, draw.Between(0, 6)).Select(_ =>
            around(120) is var b && draw.Between(0, 3) == 0
                ? new Stretch(b.Start + draw.Between(-59, 59), b.End + draw.Between(-59, 59))
                : b)],
        Unknown = draw.Between(0, 3) > 0 ? [] : [around(300)],
        Held = draw.Between(0, 3) > 0 ? [] : [around(60)],
        Own = [.. Enumerable.Range(0, draw.Between(0, 3)).Select(_ => around(1).Start)],
        Constraint = draw.Between(0, 3) > 0
            ? null
            : new AvailabilityConstraint(draw.Between(1, 3), draw.Between(0, 2) == 0, draw.Of(Places).Zone),
    };

    private static WeeklyPeriod Weekly(Draw draw, long noon)
    {
        int start = 15 * draw.Between(0, 80);
        return new WeeklyPeriod(
            Instant.FromUnixTimeSeconds(noon).InUtc().Date.PlusDays(draw.Between(-1, 1)).DayOfWeek,
            start,
            Math.Min(WeeklyPeriod.MinutesOfDay, start + (15 * draw.Between(1, 40))));
    }
}

using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CsCheck;
using NodaTime;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>A series, a window and the calendar's zone, made from a seed.</summary>
internal sealed record RandomSeries(CalendarObject Series, Interval Window, DateTimeZone Zone)
{
    // Half-hour changes (Lord Howe), changes at midnight (Sao Paulo, Beirut), a lost day (Apia), a double change a year
    // (Casablanca), none at all.
    private static readonly string[] Zones =
    [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia",
        "Africa/Casablanca", "Asia/Kathmandu", "Etc/UTC", "America/St_Johns",
    ];

    /// <summary>One rule of days or longer, and a window of up to 400 days.</summary>
    internal static Gen<RandomSeries> OfOneRule => new Maker(SubDaily: false, Extras: false).Generator;

    /// <summary>One rule of hours, minutes or seconds, and a window short enough to look at all of them.</summary>
    internal static Gen<RandomSeries> OfOneRuleWithinDays => new Maker(SubDaily: true, Extras: false).Generator;

    /// <summary>Up to two rules, with added and excluded dates and overrides of every kind.</summary>
    internal static Gen<RandomSeries> WithEverything => new Maker(SubDaily: false, Extras: true).Generator;

    public override string ToString()
    {
        IEnumerable<string> lines =
        [
            $"start {Series.Master!.Start} end {Series.Master.End} zone {Zone.Id} window {Window}",
            .. Series.Rules.Select(Print),
            .. Series.Added.Select(a => $"RDATE {a.Start} {a.End}"),
            .. Series.Excluded.Select(e => $"EXDATE {e}"),
            .. Series.Overrides.Select(o => $"OVERRIDE {o.RecurrenceId} {(o.ThisAndFuture ? "and later" : "")} "
                + $"{o.Definition.Start} {o.Definition.End} {o.Definition.Content.Status}"),
        ];
        return string.Join('\n', lines);
    }

    private static string Print(RecurrenceRule r) =>
        $"RRULE {r.Frequency} INTERVAL={r.Interval} COUNT={r.Count} UNTIL={r.Until} WKST={r.WeekStart} "
        + $"BYMONTH={Join(r.ByMonth)} BYWEEKNO={Join(r.ByWeekNo)} BYYEARDAY={Join(r.ByYearDay)} "
        + $"BYMONTHDAY={Join(r.ByMonthDay)} BYDAY={string.Join(',', r.ByDay.Select(d => $"{d.Ordinal}{d.Day}"))} "
        + $"BYHOUR={Join(r.ByHour)} BYMINUTE={Join(r.ByMinute)} BYSECOND={Join(r.BySecond)} BYSETPOS={Join(r.BySetPos)}";

    private static string Join(ImmutableArray<int> values) => string.Join(',', values);

    /// <summary>Draws everything from one 32-bit seed, which CsCheck shrinks, prints and replays.</summary>
    private sealed record Maker(bool SubDaily, bool Extras)
    {
        internal Gen<RandomSeries> Generator => Gen.Int.Select(seed => Make(new Draw(seed)));

        private RandomSeries Make(Draw draw)
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb[draw.Of(Zones)];
            CalendarTime start = Start(draw);
            CalendarTime end = End(draw, start);
            CalendarObject series = new()
            {
                Uid = "random",
                Master = new EventDefinition(start, end, Recurrence.Series.Named("master")),
                Rules = [.. Enumerable.Range(0, Extras ? draw.Between(0, 2) : 1).Select(_ => Rule(draw, start))],
            };
            if (Extras)
            {
                series = WithExtras(draw, series);
            }

            long offset = SubDaily ? draw.Between(-3_600, 50_000) : draw.Between(-30 * 86_400, 900 * 86_400);
            long length = !SubDaily ? draw.Between(1, 400 * 86_400)
                : series.Rules[0].Frequency == RecurrenceFrequency.Secondly ? draw.Between(1, 5_000)
                : draw.Between(1, 3 * 86_400);
            Instant from = start.ToInstant(zone).Plus(Duration.FromSeconds(draw.Between(0, 3) == 0 ? offset / 100 : offset));
            return new RandomSeries(series, new Interval(from, from + Duration.FromSeconds(length)), zone);
        }

        private static CalendarTime Start(Draw draw)
        {
            string zone = draw.Of(Zones);
            LocalDate date = new LocalDate(2009, 1, 1).PlusDays(draw.Between(0, 17 * 365));
            date = draw.Between(0, 1) == 0 ? date : BeforeNextChange(date, zone).PlusDays(draw.Between(-1, 1));
            int hour = draw.Between(0, 1) == 0 ? draw.Between(0, 4) : draw.Between(0, 23);
            LocalDateTime local = date + new LocalTime(hour, draw.Of([0, 15, 30, 45, 59]), draw.Of([0, 0, 0, 59]));
            return draw.Between(0, 5) switch
            {
                0 => CalendarTime.OnDate(date),
                1 => CalendarTime.Floating(local),
                2 => CalendarTime.Utc(local),
                _ => CalendarTime.InZone(local, zone),
            };
        }

        private static LocalDate BeforeNextChange(LocalDate date, string zone)
        {
            var interval = DateTimeZoneProviders.Tzdb[zone].GetZoneInterval(date.AtMidnight().InUtc().ToInstant());
            return interval.HasEnd ? interval.IsoLocalEnd.Date : date;
        }

        private CalendarTime End(Draw draw, CalendarTime start) => start.WithLocal(start.IsDate
            ? start.Local.PlusDays(draw.Of([1, 1, 1, 2, 30]))
            : start.Local.PlusMinutes(draw.Of<int>(SubDaily ? [0, 15, 60] : [0, 15, 60, 60, 480, 1_500, 40_000])));

        private RecurrenceRule Rule(Draw draw, CalendarTime start)
        {
            RecurrenceFrequency frequency = SubDaily
                ? draw.Of([RecurrenceFrequency.Hourly, RecurrenceFrequency.Minutely, RecurrenceFrequency.Secondly])
                : (RecurrenceFrequency)draw.Between(3, 6);
            int limit = draw.Between(0, 3);
            return new RecurrenceRule
            {
                Frequency = frequency,
                Interval = SubDaily ? draw.Of([0, 1, 1, 2, 7, 25, 90, 3_600]) : draw.Of([-1, 1, 1, 1, 2, 3, 5, 13]),
                Count = limit == 0 ? draw.Of([0, 1, 2, 10, 50, 365, 4_000]) : null,
                Until = limit == 1 ? Until(draw, start) : null,
                ByMonth = draw.Some(4, 1, 12, 4),
                ByWeekNo = frequency == RecurrenceFrequency.Yearly ? draw.SignedSome(4, 53, 3) : draw.SignedSome(20, 53, 3),
                ByYearDay = draw.SignedSome(9, 366, 5),
                ByMonthDay = draw.SignedSome(5, 31, 4),
                ByDay = Weekdays(draw),
                ByHour = draw.Some(4, 0, SubDaily ? 24 : 5, 3),
                ByMinute = draw.Some(5, 0, 59, 3),
                BySecond = draw.Some(12, 0, 60, 3),
                BySetPos = draw.SignedSome(5, draw.Of([1, 3, 10]), 2),
                WeekStart = (IsoDayOfWeek)draw.Between(1, 7),
            };
        }

        private CalendarTime Until(Draw draw, CalendarTime start)
        {
            LocalDateTime local = start.Local.PlusSeconds(draw.Between(-86_400, SubDaily ? 90_000 : 700 * 86_400));
            local = draw.Between(0, 1) == 0 ? local : local.Date + start.Local.TimeOfDay;
            return draw.Between(0, 3) switch
            {
                0 => CalendarTime.OnDate(local.Date),
                1 => CalendarTime.Floating(local),
                2 => CalendarTime.InZone(local, draw.Of(Zones)),
                _ => CalendarTime.Utc(local),
            };
        }

        private static ImmutableArray<WeekdayInPeriod> Weekdays(Draw draw) => draw.Between(0, 2) != 0 ? [] :
        [
            .. Enumerable.Range(0, draw.Between(1, 4)).Select(_ => new WeekdayInPeriod(
                (IsoDayOfWeek)draw.Between(1, 7),
                draw.Of<int?>([null, null, 1, -1, 2, -2, 5, -5, 20, 53, -53]))),
        ];

        private CalendarObject WithExtras(Draw draw, CalendarObject series)
        {
            CalendarTime start = series.Master!.Start;
            for (int i = draw.Between(0, 3); i > 0; i--)
            {
                CalendarTime added = Named(draw, start);
                bool hasEnd = draw.Between(0, 2) == 0 && added.Kind == start.Kind && added.ZoneId == start.ZoneId;
                series = series with { Added = series.Added.Add(new(added, hasEnd ? End(draw, added) : null)) };
            }

            for (int i = draw.Between(0, 4); i > 0; i--)
            {
                series = series with { Excluded = series.Excluded.Add(Named(draw, start)) };
            }

            for (int i = draw.Between(0, 4); i > 0; i--)
            {
                CalendarTime named = Named(draw, start);
                CalendarTime moved = named.WithLocal(named.Local.PlusMinutes(draw.Of([0, 60, -1_500, 30, 57_000, -57_000])));
                EventContent content = Recurrence.Series.Named("override " + i) with
                {
                    Status = draw.Between(0, 3) == 0 ? EventStatus.Cancelled : EventStatus.Confirmed,
                };
                series = series with
                {
                    Overrides = series.Overrides.Add(new EventOverride(
                        named, draw.Between(0, 2) == 0, new EventDefinition(moved, End(draw, moved), content))),
                };
            }

            return series;
        }

        // A name that has a fair chance to be that of an occurrence, in any kind.
        private static CalendarTime Named(Draw draw, CalendarTime start)
        {
            LocalDateTime local = start.Local.PlusDays(draw.Of([0, 1, 2, 7, 14, 28, 30, 31, 60, 180, 365]));
            return draw.Between(0, 4) switch
            {
                0 => CalendarTime.OnDate(local.Date),
                1 => CalendarTime.Utc(start.WithLocal(local).ToInstant(DateTimeZone.Utc)),
                2 when start.Kind == TimeKind.Zoned => CalendarTime.InZone(
                    start.WithLocal(local).ToInstant(DateTimeZone.Utc).InZone(DateTimeZoneProviders.Tzdb["Asia/Kathmandu"])
                        .LocalDateTime,
                    "Asia/Kathmandu"),
                _ => start.WithLocal(local),
            };
        }
    }
}

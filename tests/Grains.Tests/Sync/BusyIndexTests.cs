using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using CalendarActors.Grains.Grants;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Tests.Sync;

public sealed class BusyIndexTests
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Etc/UTC", "Asia/Kathmandu"];

    private static readonly ExpandedWindow Window = ExpandedWindow.At(Instant.FromUtc(2026, 2, 1, 12, 0), 42, 201);

    [Fact]
    public void Busy_WhenAnsweredByTheIndex_IsWhatTheOpenedScheduleAnswers()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            Random random = new(seed);
            OpenedSchedule opened = new("cal_1", Projection.Project(
                "cal_1", Some(random), [], new HashSet<string>(), Window, (key, incarnation) => $"{key.EventId}{incarnation}"));
            BusyIndex index = BusyIndex.Of(Window, opened);
            for (int i = 0; i < 12; i++)
            {
                CalendarQuery query = Some(random, opened);
                BusyPage expected = CalendarReading.Busy(opened, Window, query);
                BusyPage actual = CalendarReading.Busy(index, Window, query);
                Assert.True(expected.Total == actual.Total, $"seed {seed}, query {query}: {expected.Total} but {actual.Total}");
                foreach ((BusyEntry wanted, BusyEntry got) in expected.Entries.Zip(actual.Entries))
                {
                    Assert.True(wanted == got, $"seed {seed}: {wanted}\nbut {got}");
                }
            }
        }
    }

    [Fact]
    public void Pages_WhenUidsAreOmitted_HaveTheSameEntriesInTheSameOrder()
    {
        int omitted = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            Random random = new(seed);
            OpenedSchedule opened = new("cal_1", Projection.Project(
                "cal_1", Some(random), [], new HashSet<string>(), Window, (key, incarnation) => $"{key.EventId}{incarnation}"));
            BusyIndex index = BusyIndex.Of(Window, opened);
            CalendarQuery query = Some(random, opened) with { After = null, Limit = 1_000 };
            BusyEntry[] expected = [.. CalendarReading.Busy(index, Window, query).Entries];

            List<BusyEntry> paged = [];
            query = query with { OmitsUids = true, Limit = random.Next(1, 7) };
            while (CalendarReading.Busy(index, Window, query).Entries is { IsEmpty: false } page)
            {
                paged.AddRange(page);
                query = query with { After = EntryOrder.PositionOf(page[^1]) };
            }

            omitted += paged.Count(e => e.Uid.Length == 0);
            Assert.Equal(expected, paged.Zip(expected, (e, whole) => e.Uid.Length == 0 ? e with { Uid = whole.Uid } : e));
            Assert.Equal(expected.Length, paged.Count);
        }

        Assert.NotEqual(0, omitted);
    }

    [Fact]
    public void Index_WhenEventsHappenOnce_TakesTwentyBytesEach()
    {
        Schedule schedule = new()
        {
            ZoneId = "Europe/Berlin",
            Items = Schedule.Empty.Items.AddRange(Enumerable.Range(0, 1000).Select(i => KeyValuePair.Create(
                $"i{i}", Known(Cluster.TestLogin.Event($"u{i}", "s", hour: i % 20, day: 1 + (i % 27)))))),
        };
        OpenedSchedule opened = new("cal_1", Projection.Project(
            "cal_1", schedule, [], new HashSet<string>(), Window, (_, _) => ""));

        Assert.InRange(BusyIndex.Of(Window, opened).Bytes, 20_000, 20_500);
    }

    [Fact]
    public void Busy_WhenMuchLiesLongAgo_LooksAtNoneOfIt()
    {
        CalendarTime start = CalendarTime.Utc(new LocalDateTime(2001, 1, 1, 8, 0));
        Schedule schedule = new() { ZoneId = "Europe/Berlin" };
        for (int i = 0; i < 100; i++)
        {
            KnownItem item = Known(new CalendarObject
            {
                Uid = $"u{i}",
                Master = new EventDefinition(start.WithLocal(start.Local.PlusDays(i)), start.WithLocal(start.Local.PlusDays(i).PlusHours(1)), EventContent.Empty),
            }) with
            { Id = $"i{i}" };
            ManagedKey key = new("app_1", $"e{i}");
            schedule = schedule with
            {
                Items = schedule.Items.Add(item.Id, item),
                Managed = schedule.Managed.Add(key, new ManagedEvent(key, 0, $"k{i}", item.Id, 1, item.Updated)),
            };
        }

        BusyIndex index = BusyIndex.Of(Window, new OpenedSchedule("cal_1", Projection.Project(
            "cal_1", schedule, [], new HashSet<string>(), Window, (key, incarnation) => $"{key.EventId}{incarnation}")));

        Assert.Equal(0, LookedAt(index, Window.Start, Window.End, DateTimeZone.Utc));
        Assert.Equal(100, LookedAt(index, null, Window.Start, DateTimeZone.Utc));
        Instant tenth = Instant.FromUtc(2001, 1, 10, 0, 0);
        Assert.InRange(LookedAt(index, tenth, tenth + Duration.FromDays(1), DateTimeZone.Utc), 1, 4);
    }

    [Fact]
    public void Busy_OfAFloatingEventLongAgo_IsFoundWhereverItIsReadFrom()
    {
        CalendarTime start = CalendarTime.Floating(new LocalDateTime(2001, 1, 10, 8, 0));
        KnownItem item = Known(new CalendarObject
        {
            Uid = "u1",
            Master = new EventDefinition(start, start.WithLocal(start.Local.PlusHours(1)), EventContent.Empty),
        });
        ManagedKey key = new("app_1", "e1");
        Schedule schedule = new() { ZoneId = "Etc/UTC", Items = Schedule.Empty.Items.Add(item.Id, item) };
        schedule = schedule with { Managed = schedule.Managed.Add(key, new ManagedEvent(key, 0, "k1", item.Id, 1, item.Updated)) };
        BusyIndex index = BusyIndex.Of(Window, new OpenedSchedule("cal_1", Projection.Project(
            "cal_1", schedule, [], new HashSet<string>(), Window, (owner, incarnation) => $"{owner.EventId}{incarnation}")));

        Instant inKiritimati = Instant.FromUtc(2001, 1, 9, 18, 0);
        Assert.Equal(1, LookedAt(
            index, inKiritimati, inKiritimati + Duration.FromHours(1), DateTimeZoneProviders.Tzdb["Pacific/Kiritimati"]));
    }

    [Fact]
    public void Busy_WhenSomeOfItIsUnknown_ListsTheRestOfTheWindowAsUnknownEitherWay()
    {
        CalendarTime start = CalendarTime.Utc(new LocalDateTime(2026, 2, 1, 0, 0));
        CalendarObject everySecond = new()
        {
            Uid = "u1",
            Master = new EventDefinition(start, start, EventContent.Empty),
            Rules = [new RecurrenceRule { Frequency = RecurrenceFrequency.Secondly }],
        };
        Schedule schedule = new() { ZoneId = "Etc/UTC", Items = Schedule.Empty.Items.Add("u1", Known(everySecond)) };
        OpenedSchedule opened = new("cal_1", Projection.Project(
            "cal_1", schedule, [], new HashSet<string>(), Window, (_, _) => ""));
        CalendarQuery query = new(
            "app_1", Instant.FromUtc(2026, 3, 1, 0, 0), null, "Etc/UTC", ManagedEvents.Include, false, false, null, null, 50);

        BusyEntry unknown = Assert.Single(CalendarReading.Busy(BusyIndex.Of(Window, opened), Window, query).Entries);
        Assert.Equal(unknown, Assert.Single(CalendarReading.Busy(opened, Window, query with { IncludeDeleted = true }).Entries));
        Assert.Equal(Transparency.Unknown, unknown.Transparency);
        Assert.Equal(
            (Instant.FromUtc(2026, 2, 1, 0, 0) + Duration.FromSeconds(10_000), Window.End), (unknown.StartsAt, unknown.EndsAt));
    }

    private static Schedule Some(Random random)
    {
        Schedule schedule = new() { ZoneId = Zones[random.Next(Zones.Length)] };
        for (int i = random.Next(1, 40); i > 0; i--)
        {
            KnownItem item = Known(Some(random, $"u{i}")) with { Id = $"i{i}" };
            schedule = schedule with { Items = schedule.Items.Add(item.Id, item) };
            if (random.Next(4) == 0)
            {
                ManagedKey key = new($"app_{random.Next(2)}", $"e{i}");
                schedule = schedule with { Managed = schedule.Managed.Add(key, new ManagedEvent(key, 0, $"k{i}", item.Id, 1, item.Updated)) };
            }
        }

        return schedule;
    }

    private static CalendarObject Some(Random random, string uid)
    {
        int year = random.Next(12) == 0 ? random.Next(1995, 2090) : 2026;

        // Some of them at the same moment, however that is written.
        LocalDateTime local = random.Next(3) > 0
            ? new LocalDateTime(year, 1, 1, 0, 0).PlusMinutes(random.Next(365 * 24 * 60))
            : new LocalDateTime(2026, 3, 1 + random.Next(3), 0, 0);
        int minutes = random.Next(4) == 0 ? random.Next(60 * 24 * 9) : 30 * random.Next(5);
        (CalendarTime start, CalendarTime end) = random.Next(5) switch
        {
            0 => (CalendarTime.OnDate(local.Date), CalendarTime.OnDate(local.Date.PlusDays(random.Next(1, 4)))),
            1 => (CalendarTime.Floating(local), CalendarTime.Floating(local.PlusMinutes(minutes))),
            2 => (CalendarTime.Utc(local), CalendarTime.Utc(local.PlusMinutes(minutes))),
            3 => (CalendarTime.InZone(local, "America/New_York"), CalendarTime.InZone(local.PlusMinutes(minutes), "Europe/London")),
            _ => (CalendarTime.InZone(local, "Europe/Berlin"), CalendarTime.InZone(local.PlusMinutes(minutes), "Europe/Berlin")),
        };
        EventContent content = new() { Transparency = (Transparency)random.Next(5), Status = (EventStatus)random.Next(2) };
        CalendarObject once = new() { Uid = uid, Master = new EventDefinition(start, end, content) };
        if (random.Next(3) > 0)
        {
            return once;
        }

        CalendarTime second = start.WithLocal(start.Local.PlusDays(1));
        return once with
        {
            Rules = [new RecurrenceRule { Frequency = RecurrenceFrequency.Daily, Count = random.Next(2, 60) }],
            Overrides = random.Next(2) == 0
                ? [new EventOverride(second, false, new EventDefinition(
                    start.WithLocal(second.Local.PlusHours(start.IsDate ? 24 : 2)), end.WithLocal(end.Local.PlusDays(3)), content))]
                : [],
        };
    }

    private static CalendarQuery Some(Random random, OpenedSchedule opened)
    {
        Instant? from = random.Next(3) == 0 ? null : Window.Start + Duration.FromMinutes(random.Next(-9000, 300_000));
        Instant? to = random.Next(3) == 0 ? null : (from ?? Window.Start) + Duration.FromMinutes(random.Next(200_000));
        EventEntry? at = opened.All.Select(l => l.Entry).ElementAtOrDefault(random.Next(80));
        return new CalendarQuery(
            $"app_{random.Next(3)}",
            from,
            to,
            Zones[random.Next(Zones.Length)],
            (ManagedEvents)random.Next(3),
            IncludeDeleted: false,
            IncludeFree: random.Next(2) == 0,
            ChangedSince: null,
            at is null ? null : new PagePosition(at.StartsAt, at.CalendarId, at.Uid),
            random.Next(1, 50));
    }

    private static int LookedAt(BusyIndex index, Instant? from, Instant? to, DateTimeZone zone)
    {
        (int first, int end) = index.Between(from, to);
        return end - first + index.FarBetween(from, to, zone).Count();
    }

    private static KnownItem Known(CalendarObject o) =>
        new(o.Uid, "1", o, Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 1, 1, 0, 0));
}

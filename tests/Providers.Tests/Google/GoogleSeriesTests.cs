using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.Google;
using NodaTime;

namespace CalendarActors.Providers.Tests.Google;

/// <summary>One item of many rows.</summary>
public sealed class GoogleSeriesTests
{
    private const string Master =
        """
        {"id":"s1","etag":"\"1\"","iCalUID":"uid-1","updated":"2027-01-01T00:00:00.000Z","created":"2026-12-01T00:00:00.000Z","summary":"Weekly",
        "start":{"dateTime":"2027-03-11T14:00:00+01:00","timeZone":"Europe/Berlin"},"end":{"dateTime":"2027-03-11T15:00:00+01:00","timeZone":"Europe/Berlin"},
        "recurrence":["RRULE:FREQ=WEEKLY;COUNT=10","EXDATE;TZID=Europe/Berlin:20270318T140000","RDATE;TZID=Europe/Berlin:20270312T140000"]}
        """;

    private const string Moved =
        """
        {"id":"s1_20270325T130000Z","etag":"\"2\"","recurringEventId":"s1","updated":"2027-01-03T00:00:00.000Z","summary":"Moved",
        "originalStartTime":{"dateTime":"2027-03-25T14:00:00+01:00","timeZone":"Europe/Berlin"},
        "start":{"dateTime":"2027-03-25T16:00:00+01:00","timeZone":"Europe/Berlin"},"end":{"dateTime":"2027-03-25T17:00:00+01:00","timeZone":"Europe/Berlin"}}
        """;

    private const string Cancelled =
        """
        {"id":"s1_20270401T120000Z","etag":"\"3\"","recurringEventId":"s1","status":"cancelled",
        "originalStartTime":{"dateTime":"2027-04-01T14:00:00+02:00","timeZone":"Europe/Berlin"}}
        """;

    [Fact]
    public void Series_WhenBuilt_HasRulesExclusionsAndMovedOccurrences()
    {
        ProviderItem item = Build(Cancelled, Moved, Master)!;

        CalendarObject read = item.Object;
        Assert.Equal(("s1", "uid-1"), (item.Id, read.Uid));
        Assert.Equal("Weekly", read.Master!.Content.Summary);
        Assert.Equal(10, Assert.Single(read.Rules).Count);
        Assert.Equal([new RecurrenceDate(Berlin(2027, 3, 12, 14), null)], read.Added.AsEnumerable());
        Assert.Equal([Berlin(2027, 3, 18, 14), Berlin(2027, 4, 1, 14)], read.Excluded.AsEnumerable());
        EventOverride moved = Assert.Single(read.Overrides);
        Assert.Equal((Berlin(2027, 3, 25, 14), Berlin(2027, 3, 25, 16), false), (moved.RecurrenceId, moved.Definition.Start, moved.ThisAndFuture));
        Assert.Equal((Instant.FromUtc(2026, 12, 1, 0, 0), Instant.FromUtc(2027, 1, 3, 0, 0)), (read.Created, read.LastModified));
    }

    [Fact]
    public void Series_WhenOnlyAnExceptionChanges_HasAnotherVersion()
    {
        string alone = Build(Master)!.Version!;
        string[] versions =
        [
            alone,
            Build(Master, Moved)!.Version!,
            Build(Master, Moved.Replace("\\\"2\\\"", "\\\"4\\\"", StringComparison.Ordinal))!.Version!,
            Build(Master, Cancelled)!.Version!,
            Build(Master, Moved, Cancelled)!.Version!,
        ];

        Assert.Equal("\"1\"", alone);
        Assert.Equal(versions.Length, versions.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(versions[4], Build(Cancelled, Master, Moved)!.Version);
    }

    [Fact]
    public void Series_WhenItsMasterIsNotOurs_HasItsExceptionsOnly()
    {
        ProviderItem item = Build(Moved, Cancelled)!;

        Assert.Equal("s1", item.Id);
        Assert.Null(item.Object.Master);
        Assert.True(item.Object.IsRecurring);
        Assert.Equal("Moved", Assert.Single(item.Object.Overrides).Definition.Content.Summary);
        Assert.NotNull(item.Version);
    }

    [Fact]
    public void Series_WhenNothingOfItIsLeft_IsGone()
    {
        Assert.Equal((null, true), GoogleSeries.Build("s1", [Row(Cancelled)]));
        Assert.Equal((null, true), GoogleSeries.Build("s1", [Row("""{"id":"s1","status":"cancelled"}"""), Row(Moved)]));
    }

    [Fact]
    public void Series_WhenAnExceptionCannotBeRead_IsUnreadableAsAWhole() =>
        Assert.Equal(
            (null, false),
            GoogleSeries.Build("s1", [Row(Master), Row("""{"id":"s1_x","recurringEventId":"s1","start":{"dateTime":"?"}}""")]));

    [Fact]
    public void Series_WhenItsRuleMakesNoSense_HappensOnce()
    {
        ProviderItem item = Build(Master.Replace("FREQ=WEEKLY", "FREQ=NEVER", StringComparison.Ordinal))!;

        Assert.Empty(item.Object.Rules);
        Assert.NotNull(item.Object.Master);
    }

    [Fact]
    public void Series_WhenItBecameOneOfDays_NamesItsOldExceptionsByDay()
    {
        string days = """{"id":"s1","etag":"\"9\"","start":{"date":"2027-03-11"},"end":{"date":"2027-03-12"},"recurrence":["RRULE:FREQ=WEEKLY"]}""";

        CalendarObject read = Build(days, Cancelled, Moved)!.Object;

        Assert.Equal([CalendarTime.OnDate(new LocalDate(2027, 4, 1))], read.Excluded.AsEnumerable());
        Assert.Equal(CalendarTime.OnDate(new LocalDate(2027, 3, 25)), Assert.Single(read.Overrides).RecurrenceId);
    }

    [Fact]
    public void Series_WhenItStoppedRepeating_ForgetsItsExceptions()
    {
        string single = Master.Replace("recurrence", "was", StringComparison.Ordinal);

        ProviderItem item = Build(single, Moved, Cancelled)!;

        Assert.Equal("\"1\"", item.Version);
        Assert.False(item.Object.IsRecurring);
        Assert.Empty(item.Object.Overrides);
    }

    [Fact]
    public void Row_WhenOneEventComesTwice_IsTheNewer()
    {
        GoogleRow older = Row(Master);
        GoogleRow newer = older with { Updated = older.Updated + Duration.FromMilliseconds(1) };
        GoogleRow silent = older with { Updated = null };

        Assert.Same(newer, older.OrNewer(newer));
        Assert.Same(newer, newer.OrNewer(older));
        Assert.Same(silent, silent.OrNewer(newer));
        Assert.Same(older, older.OrNewer(silent));
    }

    private static ProviderItem? Build(params string[] rows) => GoogleSeries.Build("s1", rows.Select(Row)).Item;

    private static GoogleRow Row(string json) => GoogleRowReader.Read(GoogleJson.Parse(json))!;

    private static CalendarTime Berlin(int year, int month, int day, int hour) =>
        CalendarTime.InZone(new LocalDateTime(year, month, day, hour, 0), "Europe/Berlin");
}

using System.Collections.Immutable;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Grants;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace CalendarActors.Grains.Tests.Grants;

public sealed class PagingTests
{
    private static readonly Instant Start = Instant.FromUtc(2030, 1, 1, 9, 0) + Duration.FromNanoseconds(7);

    private static readonly PageCursor Cursor = new(
        new ScheduleQuery(
            Start, null, "Europe/Paris", [], ManagedEvents.Include, IncludeDeleted: true, IncludeFree: false, Start,
            new Presentation(LocalizedTimes: true, IncludeGeo: false, IncludeIds: true)),
        [PageCursor.TagOf("cal_1"), PageCursor.TagOf("cal_2")],
        new PagePosition(Start, "cal_1", "evt_external_1"),
        Number: 2,
        Count: 7);

    [Fact]
    public void Cursor_WhenReadBack_IsTheSame()
    {
        Assert.True(PageCursor.TryRead(Cursor.ToBytes(), out PageCursor? read));
        Assert.Equal(Cursor.CalendarTags.ToArray(), read.CalendarTags.ToArray());
        Assert.Empty(read.Query.CalendarIds);
        Assert.Equal(Cursor, read with { CalendarTags = Cursor.CalendarTags, Query = read.Query with { CalendarIds = Cursor.Query.CalendarIds } });
    }

    [Fact]
    public void Cursor_WhenOfAnotherVersion_IsNone()
    {
        byte[] bytes = Cursor.ToBytes();
        bytes[0]++;

        Assert.False(PageCursor.TryRead(bytes, out _));
    }

    [Fact]
    public void Link_WhenAnHourHasPassed_OpensNoMore()
    {
        FakeTimeProvider time = new();
        using PageCursors cursors = new(new DerivedKeys(new byte[32]), time);
        string link = cursors.Close("acc_1", PageKind.Events, Cursor);

        time.Advance(TimeSpan.FromMinutes(59));
        Assert.True(cursors.TryOpen("acc_1", PageKind.Events, link, out _));
        Assert.False(cursors.TryOpen("acc_1", PageKind.FreeBusy, link, out _));
        Assert.False(cursors.TryOpen("acc_2", PageKind.Events, link, out _));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(cursors.TryOpen("acc_1", PageKind.Events, link, out _));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(40)]
    public void Entries_OfSeveralCalendars_MergeAsIfTheyWereOneList(int calendars)
    {
        Random random = new(calendars);
        ImmutableArray<int>[] lists =
            [.. Enumerable.Range(0, calendars).Select(_ => Enumerable.Range(0, random.Next(9)).Select(_ => random.Next(99)).Order().ToImmutableArray())];
        int[] all = [.. lists.SelectMany(list => list).Order()];

        for (int limit = 1; limit <= all.Length + 1; limit++)
        {
            (ImmutableArray<int> entries, bool hasMore) = MergedEntries.Take(lists, limit, (a, b) => a.CompareTo(b));
            Assert.Equal(all.Take(limit), entries.ToArray());
            Assert.Equal(all.Length > limit, hasMore);
        }
    }

    [Theory]
    [InlineData(1, 0, 0, false, 1)]
    [InlineData(1, 0, 100, false, 1)]
    [InlineData(1, 0, 101, true, 2)]
    [InlineData(1, 0, 250, true, 3)]
    [InlineData(2, 3, 0, true, 3)]
    [InlineData(2, 3, 0, false, 2)]
    [InlineData(3, 3, 0, true, 4)]
    public void Count_WhateverCameOrWent_SaysWhetherToGoOn(int number, int counted, int total, bool hasMore, int expected)
    {
        PageRequest request = new(
            new CheckedGrant("acc_1", "app_1", "per_1", "", null, new RememberedPerson()),
            new GrantedCalendars(new PersonView([], [])),
            [],
            Cursor.Query,
            [],
            After: null,
            number,
            counted);

        Assert.Equal(expected, request.CountPages(total, hasMore));
    }
}

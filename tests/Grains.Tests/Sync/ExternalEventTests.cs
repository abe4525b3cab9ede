using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>Writes of events that are not the application's own.</summary>
[Collection(SharedCluster.Name)]
public sealed class ExternalEventTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Change_WhenAccepted_IsSeenAtOnceAndReachesTheProviderOnce()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, r => r.Put(TestLogin.Event("u", "Theirs")));
        int changes = login.Remote.ChangeCount;
        cluster.Provider.Before = (call, _) => call.User == login.User && call.Kind == ProviderCallKind.Write
            ? throw new InvalidOperationException("not yet")
            : Task.CompletedTask;
        try
        {
            Assert.Equal(WriteAnswer.Accepted, await login.ChangeOtherAsync("u", "Changed"));
            EventEntry pending = Assert.Single((await login.ReadAsync()).Entries);
            Assert.Equal((null, "Changed", true, login.UidOf("u")), (pending.EventId, pending.Content.Summary, pending.IsPending, pending.Uid));
        }
        finally
        {
            cluster.Provider.Before = null;
        }

        await login.UntilSyncedAsync();

        EventEntry done = Assert.Single((await login.ReadAsync()).Entries);
        Assert.Equal((null, "Changed", false, login.UidOf("u")), (done.EventId, done.Content.Summary, done.IsPending, done.Uid));
        Assert.Equal("Changed", Assert.Single(login.Remote.Items.Values).Object.Master!.Content.Summary);
        Assert.Equal(1, login.Remote.ChangeCount - changes);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Change_WhenThePersonChangedSomethingElseMeanwhile_KeepsBoth()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, r => r.Put(TestLogin.Event("u", "Theirs")));
        CalendarObject there = login.Remote.Items.Values.Single().Object;
        login.Remote.Put(there with
        {
            Master = there.Master! with { Content = there.Master.Content with { Location = "Their room" } },
        });

        await login.ChangeOtherAsync("u", "Changed");
        await login.UntilSyncedAsync();

        EventContent content = Assert.Single((await login.ReadAsync()).Entries).Content;
        Assert.Equal(("Changed", "Their room"), (content.Summary, content.Location));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Change_WhenTheirsIsTentative_KeepsItTentative()
    {
        CalendarObject theirs = TestLogin.Event("u", "Theirs");
        TestLogin login = await TestLogin.ConnectedAsync(cluster, r => r.Put(theirs with
        {
            Master = theirs.Master! with { Content = theirs.Master.Content with { Status = EventStatus.Tentative } },
        }));

        await login.ChangeOtherAsync("u", "Changed");
        await login.UntilSyncedAsync();

        EventContent there = Assert.Single(login.Remote.Items.Values).Object.Master!.Content;
        Assert.Equal(("Changed", EventStatus.Tentative), (there.Summary, there.Status));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Change_WhenThePersonDeletedItMeanwhile_IsNotMadeAnewAndHoldsNothingUp()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, r => r.Put(TestLogin.Event("u", "Theirs")));
        login.Remote.Remove(login.Remote.Items.Keys.Single());

        Assert.Equal(WriteAnswer.Accepted, await login.ChangeOtherAsync("u", "Changed"));
        await login.UpsertAsync("own", "Own");
        await login.UntilSyncedAsync();

        Assert.Equal("own", Assert.Single((await login.ReadAsync()).Entries).EventId);
        Assert.Equal("Own", Assert.Single(login.Remote.Items.Values).Object.Master!.Content.Summary);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Change_WhenTheProviderRefuses_LeavesTheView()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, r => r.Put(TestLogin.Event("u", "Theirs")));
        login.Remote.IsReadOnly = true;

        Assert.Equal(WriteAnswer.Accepted, await login.ChangeOtherAsync("u", "Changed"));
        await login.UntilSyncedAsync();

        EventEntry entry = Assert.Single((await login.ReadAsync()).Entries);
        Assert.Equal(("Theirs", false), (entry.Content.Summary, entry.IsPending));
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Answer_WhenDeclinedMeetingsLeaveTheCalendar_IsTakenForDone()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, r => r.Put(TestLogin.Meeting("u", "Theirs")));
        cluster.Provider.Before = (call, _) =>
        {
            if (call.User == login.User && call.Kind == ProviderCallKind.Answer)
            {
                login.Remote.Remove(login.Remote.Items.Keys.Single());
            }

            return Task.CompletedTask;
        };
        try
        {
            Assert.Equal(WriteAnswer.Accepted, await login.AnswerAsync("u", ParticipationStatus.Declined));
            await login.UntilSyncedAsync();
        }
        finally
        {
            cluster.Provider.Before = null;
        }

        Assert.Empty((await login.ReadAsync()).Entries);
        Assert.True(Assert.Single((await login.ReadAsync(includeDeleted: true)).Entries).IsDeleted);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Write_WhenItMayNotBe_SaysWhy()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster, r =>
        {
            r.Put(TestLogin.Event("plain", "Plain", 8));
            r.Put(TestLogin.Meeting("meeting", "Meeting", 9));
            r.Put(TestLogin.Event("series", "Series", 10) with
            {
                Rules = [new RecurrenceRule { Frequency = RecurrenceFrequency.Daily, Count = 2 }],
            });
            r.Put(TestLogin.Event("gone", "Gone", 11));
        });
        await login.UpsertAsync("own", "Own");
        login.Remote.Remove(login.Remote.Items.Values.Single(i => i.Object.Uid == "gone").Id);
        await login.UntilSyncedAsync();
        EventEntry[] read = [.. (await login.ReadAsync()).Entries];
        string own = read.Single(e => e.EventId == "own").Uid;
        string day = read.First(e => e.SeriesId is not null).Uid;

        Assert.Equal(WriteAnswer.NoSuchEvent, await login.ChangeOtherAsync("unknown", "x"));
        Assert.Equal(WriteAnswer.NoSuchEvent, await login.DeleteOtherAsync("unknown"));
        Assert.Equal(WriteAnswer.NoSuchEvent, await login.ChangeOtherAsync("gone", "x"));
        Assert.Equal(WriteAnswer.Accepted, await login.DeleteOtherAsync("gone"));
        Assert.Equal(WriteAnswer.Sandboxed, await login.ChangeOtherAsync("plain", "x", isUnrestricted: false));
        Assert.Equal(WriteAnswer.Sandboxed, await login.DeleteOtherAsync("plain", isUnrestricted: false));
        Assert.Equal(WriteAnswer.NotExternal, await login.WriteOtherAsync(own, TestLogin.Change("x"), null));
        Assert.Equal(WriteAnswer.NotExternal, await login.WriteOtherAsync(own, null, null, isUnrestricted: false));
        Assert.Equal(WriteAnswer.NotOrganizer, await login.ChangeOtherAsync("meeting", "x"));
        Assert.Equal(WriteAnswer.NotOrganizer, await login.DeleteOtherAsync("meeting"));
        Assert.Equal(WriteAnswer.NotInvited, await login.AnswerAsync("plain", ParticipationStatus.Accepted));
        Assert.Equal(WriteAnswer.Recurring, await login.WriteOtherAsync(day, TestLogin.Change("x"), null));
        Assert.Equal(WriteAnswer.Recurring, await login.WriteOtherAsync(day, null, ParticipationStatus.Accepted));
        Assert.Equal(0, (await login.Calendar.Status(default)).Pending);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task AnotherApplicationsEvent_WhenChangedAndDeleted_StaysOneEventInOneOrder()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);
        await login.UpsertAsync("e", "Theirs", client: "app_2");
        await login.UntilSyncedAsync();
        string uid = Assert.Single((await login.ReadAsync()).Entries).Uid;

        Assert.Equal(WriteAnswer.Accepted, await login.WriteOtherAsync(uid, TestLogin.Change("Ours"), null));
        await login.UpsertAsync("e", "Theirs again", client: "app_2");
        await login.UntilSyncedAsync();
        EventEntry changed = Assert.Single((await login.ReadAsync(client: "app_2")).Entries);
        Assert.Equal(WriteAnswer.Accepted, await login.WriteOtherAsync(uid, null, null));
        await login.UntilSyncedAsync();

        Assert.Equal(("e", "Theirs again", uid), (changed.EventId, changed.Content.Summary, changed.Uid));
        Assert.Empty((await login.ReadAsync()).Entries);
        Assert.Empty(login.Remote.Items);
        await login.UpsertAsync("e", "Anew", client: "app_2");
        await login.UntilSyncedAsync();
        Assert.Equal("e", Assert.Single((await login.ReadAsync(client: "app_2")).Entries).EventId);
        await login.Connection.Revoke(default);
    }
}

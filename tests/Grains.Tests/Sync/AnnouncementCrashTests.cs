using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>The process ends at each durable step between a change and those who listen; each hears of it.</summary>
[Collection(SharedCluster.Name)]
public sealed class AnnouncementCrashTests(CalendarCluster cluster)
{
    public static TheoryData<string> Changes => ["hinted", "polled", "written", "deleted", "rejected"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_WhenTheProcessEndsAtAnyDurableStep_IsToldAndNothingStaysOwed(string change)
    {
        int steps = await RunAsync(change, failAt: int.MaxValue, isAfter: false);
        Assert.InRange(steps, 4, 14);
        for (int step = 1; step <= steps; step++)
        {
            await RunAsync(change, step, isAfter: false);
            await RunAsync(change, step, isAfter: true);
        }
    }

    private async Task<int> RunAsync(string change, int failAt, bool isAfter)
    {
        TestLogin login = TestLogin.Make(cluster);
        Told told = await Told.OfAsync(login);
        login.Remote.Put(TestLogin.Event("other", "other", day: 3));
        await login.ClaimAsync();
        await login.UntilSyncedAsync();
        if (change == "deleted")
        {
            await login.UpsertAsync("e", "ours");
            await login.UntilSyncedAsync();
        }

        await told.UntilAsync(NewsKind.InitialSyncCompleted);
        await told.NextAsync();
        cluster.Time.Advance(TimeSpan.FromSeconds(2));

        int durable;
        int seen = 0;
        bool isDead = false;
        bool Fails(StoredRows.Write write, bool after)
        {
            if (write.Key != login.CalendarId && write.Key != login.PersonId)
            {
                return false;
            }

            // Once dead, nothing more becomes durable until the next activations.
            lock (told)
            {
                return isDead ? !after
                    : after ? isDead = isAfter && seen == failAt
                    : isDead = ++seen == failAt && !isAfter;
            }
        }

        cluster.Rows.FailBefore = w => Fails(w, after: false);
        cluster.Rows.FailAfter = w => Fails(w, after: true);
        try
        {
            bool isAcknowledged = await TryAsync(login, change);
            await cluster.UntilAsync(
                async () => isDead || (await IsDoneAsync(login, change) && IsQuiet(login)), $"{change} is through or dead at {failAt}");
            if (!isDead)
            {
                // That all have heard is a durable step, too.
                await IsAnsweredAsync(told.HearAsync);
            }

            durable = seen;
            cluster.Rows.FailBefore = isDead ? cluster.Rows.FailBefore : null;
            cluster.Rows.FailAfter = isDead ? cluster.Rows.FailAfter : null;
            if (isDead)
            {
                await cluster.Silos.DeactivateAsync(login.Calendar);
                await cluster.Silos.DeactivateAsync(login.Person);
                cluster.Rows.FailBefore = null;
                cluster.Rows.FailAfter = null;
                Assert.True(isAcknowledged || await TryAsync(login, change));
            }

            // What a sweep does.
            await login.Calendar.Wake(default);
            await login.Person.Wake(default);
            await cluster.UntilAsync(
                async () => await IsDoneAsync(login, change) && IsQuiet(login), $"{change} after {(isAfter ? "after" : "before")} {failAt}");
            await told.HearAsync();

            string where = $"{change}, {(isAfter ? "after" : "before")} step {failAt}: {string.Join(", ", told.Heard)}";
            string expected = change is "deleted" or "rejected" ? "-ours" : change == "written" ? "+ours" : "+theirs";
            FeedEntry[] news = [.. told.Heard.Where(e => e.Kind == NewsKind.Changed)];
            Assert.True((news.Length == 1 || (isDead && news.Length == 2)), where);
            Assert.Contains(expected, await told.ReadSinceAsync(news[0]));
            Assert.DoesNotContain("+other", await told.ReadSinceAsync(news[0]));
            await login.UntilSyncedAsync();
            Assert.True(cluster.Rows.Bytes(StorageNames.PersonFeed, login.PersonId) is null, where);
            Assert.Empty(await told.NextAsync());
        }
        finally
        {
            cluster.Rows.FailBefore = null;
            cluster.Rows.FailAfter = null;
            cluster.Provider.FaultScript = null;
        }

        // Calendars that stay connected would be polled through everybody else's virtual hours.
        await login.Connection.Revoke(default);
        return durable;
    }

    private static async Task<bool> IsAnsweredAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            return false;
        }
    }

    private bool IsQuiet(TestLogin login) => cluster.Rows.Bytes(StorageNames.CalendarOutbox, login.CalendarId) is null;

    private static async Task<bool> IsDoneAsync(TestLogin login, string change)
    {
        CalendarPage page = await login.ReadAsync(includeDeleted: true);
        return change switch
        {
            "hinted" or "polled" => page.Entries.Any(e => e.Content.Summary == "theirs"),
            "written" => page.Entries.Any(e => e is { EventId: "e", IsPending: false, IsDeleted: false }),
            _ => page.Entries.Any(e => e is { EventId: "e", IsPending: false, IsDeleted: true }),
        };
    }

    private Task<bool> TryAsync(TestLogin login, string change)
    {
        if (change is "hinted" or "polled")
        {
            login.Remote.Put(TestLogin.Event("new", "theirs"));
        }
        else if (change == "rejected")
        {
            cluster.Provider.FaultScript = call => call.Kind == ProviderCallKind.Write && call.CalendarId == login.Remote.Id
                ? new ProviderFault(ProviderFaultKind.Rejected, "No.")
                : null;
        }

        return IsAnsweredAsync(() => change switch
        {
            "polled" => Task.CompletedTask,
            "hinted" => login.Calendar.Hint(default),
            "deleted" => login.DeleteAsync("e"),
            _ => login.UpsertAsync("e", "ours"),
        });
    }
}

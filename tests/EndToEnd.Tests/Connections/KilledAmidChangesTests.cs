using System.Net;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Machine;

namespace CalendarActors.EndToEnd.Tests.Connections;

/// <summary>The process is killed again and again, while people and an application change the same calendar.</summary>
public sealed class KilledAmidChangesTests
{
    private const int Rounds = 4;
    private const int WritesOfARound = 5;

    [TheoryNeeding("chromium")]
    [InlineData("google")]
    [InlineData("office365")]
    public async Task CacheAndProvider_WhenTheProcessIsKilledAmidChanges_AreEqual(string name)
    {
        await using ConnectScene scene = await ConnectScene.OpenAsync(await SimulatedProvider.NamedAsync(name));
        (Integrator application, SimulatedProvider provider) = (scene.Application, scene.Provider);
        await scene.Person.Page.GotoAsync(application.AuthorizeUrl);
        await application.ExchangeAsync(await scene.Person.ConnectAsync(provider, SimulatedProvider.Email));
        string calendar = (await application.CalendarIdsAsync())[0];
        List<string> all = [];
        for (int round = 0; round < Rounds; round++)
        {
            all.Add($"Theirs {round}");
            provider.Add(all[^1]);
            for (int i = 0; i < WritesOfARound; i++)
            {
                all.Add($"Ours {round}-{i}");
                Assert.Equal(HttpStatusCode.Accepted, await application.WriteAsync(calendar, all[^1]));
            }

            // Nobody hears of what changes now, so it is polled for, soon.
            all.Add($"While away {round}");
            await scene.KillAndRestartAsync(() => provider.Add(all[^1]), ("CalendarActors:Sync:WatchedPollInterval", "00:00:02"));
        }

        string[] expected = [.. all.Order(StringComparer.Ordinal)];
        await Eventually.HoldsAsync(async () =>
            expected.SequenceEqual((await application.EventsAsync()).Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal)
                && expected.SequenceEqual(provider.Titles.Order(StringComparer.Ordinal), StringComparer.Ordinal));
    }
}

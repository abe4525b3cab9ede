using System.Text.Json.Nodes;
using CalendarActors.EndToEnd.Tests.Connections;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Faults;

/// <summary>One person's account at one provider, those who change it there, an application that writes, and another that is told.</summary>
internal sealed class Party : IAsyncDisposable
{
    private readonly Integrator _writer;
    private readonly Integrator _listener;
    private readonly IReadOnlyDictionary<string, string> _calendars;

    private Party(
        Account account, int seed, Integrator writer, Integrator listener, IReadOnlyDictionary<string, string> calendars, ToldApplication told)
    {
        (Account, _writer, _listener, _calendars, Told) = (account, writer, listener, calendars, told);
        People = new People(account, seed);
        Writing = new WritingApplication(writer, calendars, seed);
    }

    public Account Account { get; }

    public People People { get; }

    public WritingApplication Writing { get; }

    public ToldApplication Told { get; }

    /// <summary>Connects the account and lets both applications in.</summary>
    public static async Task<Party> JoinAsync(RunningNode node, Account account, int seed)
    {
        await using BrowsingPerson owner = await BrowsingPerson.StartAsync();
        Integrator writer = await Integrator.RegisterAsync(node);
        await owner.Page.GotoAsync(writer.AuthorizeUrl);
        await writer.ExchangeAsync(await account.ConnectAsync(owner));
        Integrator listener = await Integrator.RegisterAsync(node);
        await owner.Page.GotoAsync(listener.AuthorizeUrl);
        await listener.ExchangeAsync(await owner.AllowAsync());

        Dictionary<string, string> calendars = (await writer.CalendarNamesAsync())
            .Where(c => account.Calendars.ContainsKey(c.Value))
            .ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        Assert.Equal(account.Calendars.Keys.Order(StringComparer.Ordinal), calendars.Values.Order(StringComparer.Ordinal));
        await Eventually.HoldsAsync(() => Task.FromResult(account.IsWatched));
        return new Party(account, seed, writer, listener, calendars, await ToldApplication.ListenAsync(listener, calendars));
    }

    /// <summary>The node was started again.</summary>
    public void GoOnAt(RunningNode node)
    {
        _writer.GoOnAt(node);
        _listener.GoOnAt(node);
    }

    /// <summary>
    /// What is not as it must be, once nobody writes any more; null when nothing is: at the provider is what its people and
    /// our acknowledgements say, and the same is in the cache and was told.
    /// </summary>
    /// <remarks>
    /// The writer reads here, which has a calendar looked at that nobody told of a change while there was no process; else
    /// that waits for <c>WatchedWakeInterval</c>. Who is told never reads but for that.
    /// </remarks>
    public async Task<string?> DifferenceAsync()
    {
        IReadOnlyList<string> there = await Account.LinesAsync();
        IReadOnlyList<JsonNode>? cached = await _writer.TryReadEventsAsync("");
        string?[] all =
        [
            Lines.Difference("At the provider", [.. People.Lines, .. Writing.Lines], there),
            cached is null ? "The cache could not be read." : Lines.Difference("In the cache", there, cached.Select(e => Lines.Of(e, _calendars))),
            Lines.Difference("Told", there, Told.Lines),
        ];
        return all.Any(d => d is not null) ? $"{Account.Name}: {string.Join('\n', all.OfType<string>())}" : null;
    }

    public async ValueTask DisposeAsync()
    {
        await Writing.DisposeAsync();
        await Told.DisposeAsync();
    }
}

using System.Net;
using CalendarActors.EndToEnd.Tests.CalDav;
using CalendarActors.EndToEnd.Tests.Connections;
using CalendarActors.Simulators.Kit;
using CalendarActors.TestKit;
using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.EndToEnd.Tests.Faults;

/// <summary>At a real Cyrus, which the product reaches through a proxy that breaks things; its owner does not.</summary>
internal sealed class CalDavAccount : Account
{
    private const string Calendar = "Work";

    private readonly CalDavCalendar _calendar;
    private readonly FaultProxy _proxy;
    private int _names;

    private CalDavAccount(CalDavCalendar calendar, FaultProxy proxy)
    {
        (_calendar, _proxy) = (calendar, proxy);
        _proxy.AskedWait = AskedWait;
        Calendars = new Dictionary<string, string>(StringComparer.Ordinal) { [Calendar] = calendar.Id };
    }

    public override string Name => "caldav";

    public override IReadOnlyDictionary<string, string> Calendars { get; }

    public override (int All, int Troubled) Requests =>
        (_proxy.Exchanges.Length, _proxy.Exchanges.Count(e => e.Fault != ProxyFault.None));

    public static async Task<Account> StartAsync()
    {
        CalDavCalendar calendar = await CalDavCalendar.StartAsync(new CyrusServer());
        return new CalDavAccount(calendar, await FaultProxy.StartAsync(calendar.Address));
    }

    public override Task<Uri> ConnectAsync(BrowsingPerson owner) =>
        owner.ConnectAsync(_proxy.Address, _calendar.UserName, _calendar.Password);

    public override async Task<string> AddAsync(string calendarId, string title, DateTimeOffset start)
    {
        string name = $"theirs-{_names++}";
        await ChangeAsync(calendarId, name, title, start);
        return name;
    }

    public override Task ChangeAsync(string calendarId, string eventId, string title, DateTimeOffset start) =>
        InsistAsync(() => _calendar.StoreAsync(eventId, title, start));

    public override Task DeleteAsync(string calendarId, string eventId) => InsistAsync(() => _calendar.DeleteAsync(eventId));

    public override async Task<IReadOnlyList<string>> LinesAsync() =>
        [.. (await _calendar.ReadAsync()).Select(e => Lines.Of(Calendar, e.Summary, e.Start))];

    public override void Trouble()
    {
        Random random = new(1);
        _proxy.Clear();
        _proxy.Script = (_, _) =>
        {
            lock (random)
            {
                return Of(Array.Find(Faults, f => random.NextDouble() < f.Probability).Fault);
            }
        };
    }

    public override void Calm() => _proxy.Script = null;

    public override async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _calendar.DisposeAsync();
    }

    /// <summary>As a person's own client does: the server may be busy with the product's requests.</summary>
    private static async Task InsistAsync(Func<Task> change)
    {
        bool isRepeated = false;
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                await change();
                return true;
            }
            catch (HttpRequestException fault) when (isRepeated && fault.StatusCode is HttpStatusCode.NotFound)
            {
                return true;
            }
            catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException)
            {
                isRepeated = true;
                return false;
            }
        });
    }

    private static ProxyFault Of(Fault? fault) => fault switch
    {
        null => ProxyFault.None,
        { Kind: FaultKind.LoseAnswer } => ProxyFault.LoseAnswer,
        { Kind: FaultKind.Hang } => ProxyFault.Hang,
        { Status: 429 } => ProxyFault.Throttle429,
        { Status: 500 } => ProxyFault.Fail500,
        _ => throw new InvalidOperationException($"The proxy has no {fault}."),
    };
}

using CalendarActors.Domain.Providers;
using CalendarActors.Providers.ICalendar;
using CalendarActors.TestKit.Providers;

namespace CalendarActors.Providers.Tests.Conformance;

public sealed class InMemoryUnderTest : ProviderUnderTest
{
    private readonly InMemoryCalendarProvider _provider = new();

    public InMemoryUnderTest()
    {
        _provider.SetPassword("alice", "correct horse");
        _provider.AddCalendar("alice", "Personal");
    }

    public override ICalendarProvider Provider => _provider;

    public override bool KeepsDeclinedTime => true;

    public override ProviderAccess Typed => _provider.AccessOf("alice");

    public override bool KeepsText => false;

    public override Task StoreAsync(string calendarId, string name, string calendarText)
    {
        var calendar = _provider.Calendar(calendarId);
        string id = calendarId + name;
        if (CalendarObjectReader.Read(calendarText).Object is { } read)
        {
            calendar.Put(read, id);
        }
        else
        {
            calendar.Garble(id);
        }

        return Task.CompletedTask;
    }

    public override Task RemoveAsync(string calendarId, string itemId)
    {
        _provider.Calendar(calendarId).Remove(itemId);
        return Task.CompletedTask;
    }

    public override Task RemoveCalendarAsync(string calendarId)
    {
        _provider.Calendar(calendarId).IsGone = true;
        return Task.CompletedTask;
    }

    public override Task<string?> ReadAsync(string calendarId, string itemId) =>
        Task.FromResult(_provider.Calendar(calendarId).Items.TryGetValue(itemId, out ProviderItem? item)
            ? $"UID:{item.Object.Uid}\r\nSUMMARY:{item.Object.Master?.Content.Summary}"
            : null);

    public override Task<IReadOnlyList<string>> ListAsync(string calendarId) =>
        Task.FromResult<IReadOnlyList<string>>([.. _provider.Calendar(calendarId).Items.Keys]);
}

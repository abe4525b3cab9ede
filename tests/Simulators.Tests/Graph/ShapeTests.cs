using CalendarActors.Simulators.Graph;
using Microsoft.Graph.Models;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>What the simulator says is something that Microsoft's types know: nothing is left over after reading it.</summary>
public sealed class ShapeTests
{
    [Fact]
    public async Task Event_WhenReadByMicrosoftsTypes_HasNoUnknownField()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        string id = await SeedAsync(scene);

        var view = (await scene.Client.Me.Calendars[scene.Calendar].CalendarView.GetAsync(static request =>
        {
            request.QueryParameters.StartDateTime = "2026-11-25T00:00:00Z";
            request.QueryParameters.EndDateTime = "2026-12-25T00:00:00Z";
        }))!.Value!;
        Event master = (await scene.Client.Me.Events[id].GetAsync(static request =>
        {
            request.QueryParameters.Select = ["id", "subject", "cancelledOccurrences", "recurrence"];
            request.QueryParameters.Expand = ["exceptionOccurrences"];
        }))!;

        Assert.Equal(
            [EventType.SingleInstance, EventType.Exception, EventType.Occurrence], view.Select(static one => one.Type!.Value).Distinct());
        Assert.All(view, static one => Known(one.AdditionalData));
        Assert.All(view, static one => Known(one.OnlineMeeting?.AdditionalData));
        Assert.All(view.SelectMany(static one => one.Attendees!), static one => Known(one.AdditionalData));
        Assert.Equal("Special", master.ExceptionOccurrences!.Single().Subject);
        Known(master.ExceptionOccurrences!.Single().AdditionalData);
        Assert.Single(master.CancelledOccurrences!);
        Assert.Equal(RecurrencePatternType.Daily, master.Recurrence!.Pattern!.Type);
        Assert.Null(master.Start);
    }

    [Fact]
    public async Task Calendar_WhenReadByMicrosoftsTypes_HasNoUnknownField()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();

        Calendar calendar = (await scene.Client.Me.Calendar.GetAsync())!;
        User me = (await scene.Client.Me.GetAsync())!;

        Known(calendar.AdditionalData);
        Known(me.AdditionalData);
        Assert.Equal((true, true, scene.Calendar), (calendar.IsDefaultCalendar, calendar.CanEdit, calendar.Id));
        Assert.Equal([OnlineMeetingProviderType.TeamsForBusiness], calendar.AllowedOnlineMeetingProviders!.Select(static one => one!.Value));
    }

    [Fact]
    public async Task Instances_WhenAskedFor_AreTheDaysWithinTheWindow()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        string id = await SeedAsync(scene);

        var days = (await scene.Client.Me.Events[id].Instances.GetAsync(static request =>
        {
            request.QueryParameters.StartDateTime = "2026-11-27T00:00:00Z";
            request.QueryParameters.EndDateTime = "2026-11-30T00:00:00Z";
            request.Headers.Add("Prefer", "outlook.timezone=\"Europe/Berlin\"");
        }))!.Value!;

        // The 27th is an exception, the 28th is cancelled.
        Assert.Equal(["2026-11-27T10:00:00.0000000", "2026-11-29T10:00:00.0000000"], days.Select(static one => one.Start!.DateTime));
        Assert.All(days, static one => Assert.Equal("Europe/Berlin", one.Start!.TimeZone));
        Assert.Equal(2, days.Select(static one => one.ICalUId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero), days[0].OriginalStart);
    }

    private static async Task<string> SeedAsync(GraphScene scene)
    {
        scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Early", "2026-11-25T08:00:00"));
        string id = scene.Simulator.PutEvent(scene.Calendar, GraphScene.Hour("Series", "2026-11-27T09:00:00", GraphScene.Daily("2026-11-27", 4)));
        await scene.Client.Me.Events[GraphSimulator.OccurrenceId(id, new(2026, 11, 27))].PatchAsync(new()
        {
            Subject = "Special",
            IsOnlineMeeting = true,
            Attendees = [new() { EmailAddress = new() { Address = "bob@example.test", Name = "Bob" } }],
        });
        await scene.Client.Me.Events[GraphSimulator.OccurrenceId(id, new(2026, 11, 28))].DeleteAsync();
        return id;
    }

    private static void Known(IDictionary<string, object>? left) =>
        Assert.All(left?.Keys ?? [], static name => Assert.StartsWith("@odata.", name, StringComparison.Ordinal));
}

using System.Text;
using CalendarActors.Domain.Time;
using CalendarActors.Domain.Triggers;
using NodaTime;

namespace CalendarActors.Domain.Tests.Triggers;

public sealed class TriggerBodyTests
{
    [Fact]
    public void Write_OfATimedEvent_SaysWhichAndWhenAndNothingElse()
    {
        CalendarTime start = CalendarTime.InZone(new LocalDateTime(2030, 1, 15, 10, 0), "Europe/Paris");
        CalendarTime end = CalendarTime.InZone(new LocalDateTime(2030, 1, 15, 11, 0), "Europe/Paris");

        Assert.Equal(
            """{"notification":{"type":"event_subscription","transitions":[{"before":"event_start","offset":{"minutes":15}}]},"""
            + """ "event":{"event_id":"a+\"b\"","calendar_id":"cal_1","event_uid":"evt_external_1",""".Trim()
            + """ "start":"2030-01-15T09:00:00Z","end":"2030-01-15T10:00:00Z"}}""".Trim(),
            Body(new Transition(true, EventEdge.Start, 15), "a+\"b\"", start, end));
    }

    [Fact]
    public void Write_OfDays_SaysDays() => Assert.EndsWith(
        """
        "transitions":[{"after":"event_end","offset":{"minutes":0}}]},"event":{"event_id":"e","calendar_id":"cal_1","event_uid":"evt_external_1","start":"2030-01-15","end":"2030-01-16"}}
        """,
        Body(
            new Transition(false, EventEdge.End, 0),
            "e",
            CalendarTime.OnDate(new LocalDate(2030, 1, 15)),
            CalendarTime.OnDate(new LocalDate(2030, 1, 16))),
        StringComparison.Ordinal);

    private static string Body(Transition transition, string eventId, CalendarTime start, CalendarTime end)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb["Europe/Paris"];
        return Encoding.UTF8.GetString(TriggerBody.Write(
            transition, "cal_1", eventId, new HappeningTimes("evt_external_1", start, end, start.ToInstant(zone), end.ToInstant(zone))));
    }
}

using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Schedules;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Availability;
using CalendarActors.Grains.Holds;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Schedules;
using NodaTime;

namespace CalendarActors.Grains.Tests;

public sealed partial class StoredStateTests
{
    [Fact]
    public void AvailabilityRows_WhenWrittenByV1_AreRead()
    {
        AssertReads(
            "managed-availability",
            new ManagedAvailabilityState
            {
                Rules =
                [
                    new AvailabilityRule("a", "Europe/Berlin", ["cal_1"], [new WeeklyPeriod(IsoDayOfWeek.Monday, 540, 1_020)]),
                    new AvailabilityRule("b", "Etc/UTC", default, [new WeeklyPeriod(IsoDayOfWeek.Sunday, 0, 1_440)]),
                ],
                Periods = [new AvailablePeriod("p", 1_000, 2_000)],
            });
        AssertReads(
            "bookable-event",
            new BookableEventState
            {
                Event = new BookableEvent("app_1", "class", 1_000, 2_000, IsCancelled: true, Capacity: 5),
                Registrations =
                [
                    new StoredRegistration("bill", RegistrationStatus.Accepted, new SealedSecret([1, 2])),
                    new StoredRegistration("ann", RegistrationStatus.Removed, null),
                ],
            });
        AssertReads(
            "schedule-holds",
            new ScheduleHoldsState
            {
                Holds = [new Hold("hld_1", "app_1", new Stretch(10, 20), At), new Hold("hld_2", "app_1", new Stretch(30, 40), At, IsConfirmed: true)],
            });
        AssertReads(
            "hold",
            new HoldState
            {
                ClientId = "app_1",
                HoldId = "h",
                Subs = ["acc_1", "apc_2"],
                PersonIds = ["per_1", "per_2"],
                Start = 10,
                End = 20,
                ExpiresAt = 30,
                IsTaken = true,
            });
    }
}

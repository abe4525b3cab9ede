using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Schedules;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Interfaces.Triggers;

namespace CalendarActors.Grains.Interfaces;

/// <summary>References to the grains that every read touches.</summary>
/// <remarks>
/// The factory's generic call finds type names by reflection over attributes each time: measured as a tenth of a
/// free/busy request. Type and interface names are promises anyway, and a test holds these to their attributes.
/// </remarks>
public static class GrainReferences
{
    private static readonly GrainType GrantType = GrainType.Create("grant");
    private static readonly GrainInterfaceType GrantInterface = GrainInterfaceType.Create("grant");
    private static readonly GrainType PersonType = GrainType.Create("person");
    private static readonly GrainInterfaceType PersonInterface = GrainInterfaceType.Create("person");
    private static readonly GrainType CalendarType = GrainType.Create("calendar");
    private static readonly GrainInterfaceType CalendarInterface = GrainInterfaceType.Create("calendar");
    private static readonly GrainType ScheduleType = GrainType.Create("schedule");
    private static readonly GrainInterfaceType ScheduleInterface = GrainInterfaceType.Create("schedule");
    private static readonly GrainType ManagedType = GrainType.Create("managed-availability");
    private static readonly GrainInterfaceType ManagedInterface = GrainInterfaceType.Create("managed-availability");

    /// <summary>A grant.</summary>
    /// <param name="grains">The factory.</param>
    /// <param name="key"><c>acc_…</c> or <c>apc_…</c>.</param>
    public static IGrantGrain Grant(this IGrainFactory grains, string key) =>
        (IGrantGrain)grains.GetGrain(GrainId.Create(GrantType, key), GrantInterface);

    /// <summary>A person.</summary>
    /// <param name="grains">The factory.</param>
    /// <param name="key"><c>per_…</c>.</param>
    public static IPersonGrain Person(this IGrainFactory grains, string key) =>
        (IPersonGrain)grains.GetGrain(GrainId.Create(PersonType, key), PersonInterface);

    /// <summary>A calendar.</summary>
    /// <param name="grains">The factory.</param>
    /// <param name="key"><c>cal_…</c>.</param>
    public static ICalendarGrain Calendar(this IGrainFactory grains, string key) =>
        (ICalendarGrain)grains.GetGrain(GrainId.Create(CalendarType, key), CalendarInterface);

    /// <summary>A person's busy times.</summary>
    /// <param name="grains">The factory.</param>
    /// <param name="personId"><c>per_…</c>.</param>
    public static IScheduleGrain Schedule(this IGrainFactory grains, string personId) =>
        (IScheduleGrain)grains.GetGrain(GrainId.Create(ScheduleType, personId), ScheduleInterface);

    /// <summary>When a person can be met, as one application keeps it.</summary>
    /// <param name="grains">The factory.</param>
    /// <param name="grantId"><c>acc_…</c> or <c>apc_…</c>.</param>
    public static IManagedAvailabilityGrain ManagedAvailability(this IGrainFactory grains, string grantId) =>
        (IManagedAvailabilityGrain)grains.GetGrain(GrainId.Create(ManagedType, grantId), ManagedInterface);

    /// <summary>What applications subscribed to of a calendar's events.</summary>
    /// <param name="grains">The factory.</param>
    /// <param name="calendarId"><c>cal_…</c>.</param>
    public static ITriggerGrain TriggersOf(this IGrainFactory grains, string calendarId) =>
        grains.GetGrain<ITriggerGrain>(GrainKeys.Trigger(calendarId));

    /// <summary>An uploaded file.</summary>
    /// <param name="grains">The factory.</param>
    /// <param name="key"><c>att_…</c>.</param>
    public static IAttachmentGrain Attachment(this IGrainFactory grains, string key) => grains.GetGrain<IAttachmentGrain>(key);
}

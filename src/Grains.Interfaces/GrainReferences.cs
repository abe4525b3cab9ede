using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Persons;
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

namespace CalendarActors.Grains.Interfaces.Grants;

/// <summary>The level that an application wants in one calendar.</summary>
/// <param name="CalendarId"><c>cal_…</c>, as sent.</param>
/// <param name="Level">Lowering is done at once, raising is the person's to allow.</param>
[GenerateSerializer, Immutable, Alias("permission-change")]
public sealed record PermissionChange([property: Id(0)] string CalendarId, [property: Id(1)] PermissionLevel Level);

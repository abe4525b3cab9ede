using CalendarActors.Simulators.Kit;
using NodaTime;

namespace CalendarActors.Simulators.Google.Calendars;

/// <summary>A calendar with everything that ever happened in it.</summary>
internal sealed class GoogleCalendar
{
    public required string Id { get; init; }

    public required string Owner { get; init; }

    public required bool IsPrimary { get; init; }

    public required string Summary { get; set; }

    public string? Description { get; set; }

    public required DateTimeZone Zone { get; set; }

    public required string Etag { get; set; }

    public Dictionary<string, AccessRole> Roles { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ChangeLog<StoredEvent> Events { get; } = new();

    public AccessRole RoleOf(string email) => Roles.GetValueOrDefault(email);

    public static AccessRole Parse(string role) => role switch
    {
        "freeBusyReader" => AccessRole.FreeBusyReader,
        "reader" => AccessRole.Reader,
        "writerWithoutPrivateAccess" => AccessRole.WriterWithoutPrivateAccess,
        "writer" => AccessRole.Writer,
        "owner" => AccessRole.Owner,
        _ => AccessRole.None,
    };

    public static string Name(AccessRole role) => role switch
    {
        AccessRole.FreeBusyReader => "freeBusyReader",
        AccessRole.Reader => "reader",
        AccessRole.WriterWithoutPrivateAccess => "writerWithoutPrivateAccess",
        AccessRole.Writer => "writer",
        AccessRole.Owner => "owner",
        _ => "none",
    };
}

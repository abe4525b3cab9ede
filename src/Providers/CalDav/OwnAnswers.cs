using CalendarActors.Domain.Events;
using CalendarActors.Providers.ICalendar;

namespace CalendarActors.Providers.CalDav;

/// <summary>What a person answered to an invitation says of their time.</summary>
/// <remarks>
/// A meeting that its person declined stays in the calendar, and takes no time, as at the other providers. RFC 5545 leaves
/// <c>TRANSP</c> as the organizer wrote it; which of the attendees the person is, is known from the login alone.
/// </remarks>
internal static class OwnAnswers
{
    /// <summary>The reading, with no time taken by what the person declined.</summary>
    /// <param name="reading">A resource.</param>
    /// <param name="addresses">The person's mail addresses.</param>
    public static CalendarReading Applied(CalendarReading reading, IReadOnlyList<string> addresses)
    {
        if (reading.Object is not { } read || addresses.Count == 0)
        {
            return reading;
        }

        return reading with
        {
            Object = read with
            {
                Master = read.Master is { } master ? Applied(master, addresses) : null,
                Overrides = [.. read.Overrides.Select(o => o with { Definition = Applied(o.Definition, addresses) })],
            },
        };
    }

    private static EventDefinition Applied(EventDefinition definition, IReadOnlyList<string> addresses) =>
        definition.Content.Attendees.Any(a => a.Status is ParticipationStatus.Declined
            && addresses.Any(a.IsSameMailbox))
            ? definition with { Content = definition.Content with { Transparency = Transparency.Transparent } }
            : definition;
}

using System.Collections.Immutable;

namespace CalendarActors.Domain.Events;

/// <summary>What a person may do to an event that no application of ours wrote, as far as the event itself says.</summary>
/// <remarks>
/// The <c>options</c> that a reader sees and the refusal of a write are the same decision. A happening of a series is left
/// alone: its uid names one day, and no provider's write of one day is the same as another's.
/// </remarks>
public static class ExternalRules
{
    /// <summary>True when the event is the person's own to change: nobody else called it.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="addresses">The mail addresses of the login whose calendar it is in.</param>
    public static bool IsOrganizer(EventContent content, ImmutableArray<string> addresses) =>
        content.Organizer is { } organizer ? Has(addresses, organizer.Email) : content.Attendees.IsEmpty;

    /// <summary>The person's own place among those invited by somebody else; null when there is none.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="addresses">The mail addresses of the login whose calendar it is in.</param>
    public static Attendee? InvitedAs(EventContent content, ImmutableArray<string> addresses)
    {
        if (content.Organizer is null || Has(addresses, content.Organizer.Email))
        {
            return null;
        }

        foreach (Attendee attendee in content.Attendees)
        {
            if (Has(addresses, attendee.Email))
            {
                return attendee;
            }
        }

        return null;
    }

    private static bool Has(ImmutableArray<string> addresses, string email)
    {
        if (addresses.IsDefault)
        {
            return false;
        }

        foreach (string address in addresses)
        {
            if (string.Equals(address, email, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

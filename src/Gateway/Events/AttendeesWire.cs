using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Events;

/// <summary>Reads who is to be invited and who taken off: <c>{invite, remove}</c>, where two libraries write <c>reject</c>.</summary>
internal static class AttendeesWire
{
    public static (ImmutableArray<Attendee> Invite, ImmutableArray<string> Uninvite) Read(RequestField field)
    {
        if (!field.ExpectObject())
        {
            return ([], []);
        }

        ImmutableArray<Attendee>.Builder invite = ImmutableArray.CreateBuilder<Attendee>();
        foreach (RequestField item in field["invite"].Items(EventLimits.Attendees) ?? [])
        {
            if (Email(item) is { } email && !invite.Any(a => a.IsSameMailbox(email)))
            {
                string? name = item["display_name"].Text(EventLimits.DisplayName);
                invite.Add(new Attendee(email, string.IsNullOrEmpty(name) ? null : name, ParticipationStatus.NeedsAction));
            }
        }

        IEnumerable<RequestField> leaving =
            [.. field["remove"].Items(EventLimits.Attendees) ?? [], .. field["reject"].Items(EventLimits.Attendees) ?? []];
        return (invite.ToImmutable(), [.. leaving.Select(Email).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    private static string? Email(RequestField item)
    {
        RequestField field = item["email"];
        if (!item.ExpectObject())
        {
            return null;
        }

        if (!field.Require() || field.Text(EventLimits.DisplayName) is not { } email)
        {
            return null;
        }

        if (!MailAddresses.IsPlausible(email))
        {
            field.Fault(FieldKeys.InvalidEmail, "must be a mail address");
            return null;
        }

        return email;
    }
}

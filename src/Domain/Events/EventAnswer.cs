namespace CalendarActors.Domain.Events;

/// <summary>What a person answers to an invitation.</summary>
/// <param name="Email">The address under which they are invited.</param>
/// <param name="Status">Accepted, declined or tentative.</param>
public sealed record EventAnswer(string Email, ParticipationStatus Status)
{
    /// <summary>What the event becomes; the same when nobody of that address is invited.</summary>
    public CalendarObject ApplyTo(CalendarObject invitation) => invitation.Master is not { } master
        ? invitation
        : invitation with
        {
            Master = master with
            {
                Content = master.Content with
                {
                    Attendees = [.. master.Content.Attendees.Select(a => a.IsSameMailbox(Email) ? a with { Status = Status } : a)],
                },
            },
        };

    /// <summary>Prints no address.</summary>
    public override string ToString() => $"EventAnswer({Status})";
}

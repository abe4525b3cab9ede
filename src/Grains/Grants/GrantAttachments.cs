using System.Collections.Immutable;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Grains.Grants;

/// <summary>The files that a write of an event attaches.</summary>
internal sealed class GrantAttachments(IGrainFactory grains)
{
    private static GrantAnswer<Done> NotCarried { get; } = GrantAnswer<Done>.Invalid(
        "attachments",
        "errors.not_supported",
        "events of this calendar carry no attachments: see calendar_attachments_available");

    /// <summary>The change with links in place of ids, each known to its file before the event is written.</summary>
    /// <param name="grant">Who attaches.</param>
    /// <param name="calendarId">Where.</param>
    /// <param name="providerName">Whose calendar it is.</param>
    /// <param name="change">As asked for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The change, or why it is refused.</returns>
    public async Task<(EventChange Change, GrantAnswer<Done>? Refusal)> ResolveAsync(
        CheckedGrant grant, string calendarId, string providerName, EventChange change, CancellationToken cancellationToken)
    {
        ImmutableArray<string> ids = change.AttachmentIds.Or([]);
        EventChange without = change with { AttachmentIds = Change<ImmutableArray<string>>.Keep, Attachments = default };
        if (!change.AttachmentIds.IsSet || !AttachmentRules.AreCarriedBy(providerName))
        {
            return (without, ids.IsEmpty ? null : NotCarried);
        }

        AttachToCalendar request = new(grant.ClientId, grant.PersonId, grant.GrantId, calendarId);
        AttachAnswer[] answers = await Task.WhenAll(ids.Select(id => GrainKeys.IsAttachment(id)
            ? grains.Attachment(id).Attach(request, cancellationToken)
            : Task.FromResult(AttachAnswer.Unknown)));
        ImmutableArray<FieldError> errors = [.. answers.Select(ErrorOf).OfType<FieldError>()];
        return errors.IsEmpty
            ? (without with { Attachments = Change<ImmutableArray<AttachedFile>>.To([.. answers.Select(a => a.File!)]) }, null)
            : (without, new GrantAnswer<Done>(GrantOutcome.Invalid, null, errors));
    }

    private static FieldError? ErrorOf(AttachAnswer answer, int index) => answer switch
    {
        { File: not null } => null,
        { IsFull: true } => new FieldError(
            $"attachments[{index}].attachment_id",
            "errors.too_many",
            $"an attachment may be in at most {AttachmentRules.Calendars} calendars: upload it again"),
        _ => new FieldError(
            $"attachments[{index}].attachment_id",
            "errors.not_recognized",
            "there is no such attachment of this application, or no longer"),
    };
}

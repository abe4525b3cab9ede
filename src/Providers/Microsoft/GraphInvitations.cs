using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using Microsoft.Graph;
using Microsoft.Graph.Me.Events.Item.Accept;
using Microsoft.Graph.Me.Events.Item.Decline;
using Microsoft.Graph.Me.Events.Item.TentativelyAccept;
using Microsoft.Graph.Models;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Answers invitations.</summary>
/// <remarks>
/// 1. Read the event: who said so already is not said again, because each answer is a mail to the organizer. 2. Answer.
/// 3. Read it back; a mailbox may take a meeting that is declined out of its calendar.
/// Source: Microsoft Graph, "event: accept", "decline", "tentativelyAccept", read 2026-11.
/// </remarks>
internal sealed class GraphInvitations(GraphSession session, string calendarId)
{
    private const string Stage = "answering an invitation";

    private readonly GraphEvents _events = new(session, calendarId);

    /// <summary>Answers as the mailbox's own person.</summary>
    public async Task<ProviderResult<ProviderItem>> AnswerAsync(ProviderAnswer answer, CancellationToken cancellationToken)
    {
        // 1
        ProviderResult<Event> row = await _events.GetAsync(answer.ItemId, cancellationToken);
        if (!row.IsSuccess)
        {
            return row.Fault;
        }

        if (row.Value.IsOrganizer == true || row.Value.ResponseStatus?.Response is null or ResponseType.Organizer)
        {
            return new ProviderFault(ProviderFaultKind.Rejected, $"{Stage}: the person is not invited.");
        }

        if (row.Value.ResponseStatus.Response != Wanted(answer.Answer.Status))
        {
            // 2
            ProviderFault? fault = await session.TellAsync(
                Stage, (client, token) => TellAsync(client, answer, token), cancellationToken);
            if (fault is not null)
            {
                return fault;
            }

            // 3
            row = await _events.GetAsync(answer.ItemId, cancellationToken);
            if (!row.IsSuccess)
            {
                return row.Fault;
            }
        }

        return GraphEventReader.Read(row.Value) is { } item
            ? item
            : new ProviderFault(ProviderFaultKind.Transient, $"{Stage}: it was answered and cannot be read.");
    }

    private static ResponseType Wanted(ParticipationStatus status) => status switch
    {
        ParticipationStatus.Accepted => ResponseType.Accepted,
        ParticipationStatus.Declined => ResponseType.Declined,
        _ => ResponseType.TentativelyAccepted,
    };

    private static Task TellAsync(GraphServiceClient client, ProviderAnswer answer, CancellationToken cancellationToken) =>
        answer.Answer.Status switch
        {
            ParticipationStatus.Accepted => client.Me.Events[answer.ItemId].Accept.PostAsync(
                new AcceptPostRequestBody { SendResponse = true }, cancellationToken: cancellationToken),
            ParticipationStatus.Declined => client.Me.Events[answer.ItemId].Decline.PostAsync(
                new DeclinePostRequestBody { SendResponse = true }, cancellationToken: cancellationToken),
            _ => client.Me.Events[answer.ItemId].TentativelyAccept.PostAsync(
                new TentativelyAcceptPostRequestBody { SendResponse = true }, cancellationToken: cancellationToken),
        };
}

using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.ICalendar;
using Microsoft.Graph.Models;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Writes and deletes single events.</summary>
/// <remarks>
/// A write is a loop: 1. find the event, by its id or by the key that it carries; 2. merge the change into it; where
/// nothing differs that is all; 3. create it, or change it if it is still the one that was read; 4. read it back. A
/// conflict leads back to 1, and so does the next call after a lost answer: what did succeed shows as "nothing differs".
/// A creation leads back to 1 as well: Graph answers one that it has seen with the event of then, which lists may not
/// show yet and which may say something else by now.
/// </remarks>
internal sealed class GraphWrite(GraphSession session, string calendarId)
{
    private const int MaxRounds = 4;
    private const string Stage = "writing an event";

    private readonly GraphEvents _events = new(session, calendarId);

    /// <summary>Creates or changes an event.</summary>
    public async Task<ProviderResult<ProviderItem>> WriteAsync(ProviderWrite write, CancellationToken cancellationToken)
    {
        EventChange change = Canonical(write.Change);
        string? created = null;
        for (int round = 0; round < MaxRounds; round++)
        {
            // 1
            ProviderResult<GraphFinding> found = await FindAsync(
                created is null ? write : write with { ItemId = created }, cancellationToken);
            if (!found.IsSuccess)
            {
                return found.Fault;
            }

            Event? existing = found.Value.Row;
            ProviderItem? before = existing is null ? null : GraphEventReader.Read(existing);
            if (existing is not null && before is null)
            {
                return new ProviderFault(ProviderFaultKind.Rejected, $"{Stage}: what is there cannot be read, and is not overwritten.");
            }

            // 2
            CalendarObject wanted = change.ApplyTo(before?.Object, write.EventKey);
            if (GraphDraft.RefusalOf(wanted) is { } refusal)
            {
                return new ProviderFault(ProviderFaultKind.Rejected, $"{Stage}: Microsoft calendars cannot have {refusal}.");
            }

            GraphDraft? draft = before is null
                ? GraphDraft.New(wanted, change.Reminders.IsSet)
                : GraphDraft.Between(existing!, before.Object, wanted);
            if (draft is null)
            {
                return before!;
            }

            // 3
            ProviderResult<Event> stored = before is null
                ? await CreateAsync(write.EventKey, draft, isFirst: round == 0, cancellationToken)
                : await ChangeAsync(existing!, draft, cancellationToken);
            if (stored.IsSuccess)
            {
                // 4
                if (before is null && stored.Value.Id is { } id)
                {
                    created = id;
                    continue;
                }

                return await ReadBackAsync(stored.Value.Id ?? existing?.Id, cancellationToken);
            }

            if (stored.Fault.Kind != ProviderFaultKind.Conflict)
            {
                return await RefusalAsync(stored.Fault, cancellationToken);
            }
        }

        return new ProviderFault(ProviderFaultKind.Conflict, $"{Stage}: it changed under our hands {MaxRounds} times.");
    }

    /// <summary>Deletes an event, whatever it has become.</summary>
    public async Task<ProviderResult<string>> DeleteAsync(string eventKey, string? itemId, CancellationToken cancellationToken)
    {
        if (itemId is not null)
        {
            return await DeleteAsync(itemId, cancellationToken) is { } fault ? fault : itemId;
        }

        ProviderResult<List<Event>> found = await _events.FindAsync(eventKey, cancellationToken);
        if (!found.IsSuccess)
        {
            return found.Fault;
        }

        // A creation that was repeated behind Graph's back left two of them.
        foreach (Event row in found.Value)
        {
            if (await DeleteAsync(row.Id!, cancellationToken) is { } fault)
            {
                return fault;
            }
        }

        return found.Value is [{ Id: { } id }, ..] ? id : eventKey;
    }

    // The change in the form in which it is read back, so that doing it twice is seen as such.
    private static EventChange Canonical(EventChange change)
    {
        EventChange canonical = CalendarObjectEditor.Canonical(change);
        return canonical with
        {
            Description = canonical.Description.IsSet
                ? Change<string>.To(GraphContentReader.Plain(canonical.Description.Or("")))
                : canonical.Description,
        };
    }

    private async Task<ProviderResult<GraphFinding>> FindAsync(ProviderWrite write, CancellationToken cancellationToken)
    {
        if (write.ItemId is not null)
        {
            ProviderResult<Event> known = await _events.GetAsync(write.ItemId, cancellationToken);
            if (known.IsSuccess || known.Fault.Kind != ProviderFaultKind.NotFound)
            {
                return known.IsSuccess ? new GraphFinding(known.Value) : known.Fault;
            }
        }

        ProviderResult<List<Event>> found = await _events.FindAsync(write.EventKey, cancellationToken);
        if (!found.IsSuccess)
        {
            return found.Fault;
        }

        if (found.Value is not [{ Id: { } id }, ..])
        {
            return write.ItemId is null
                ? new GraphFinding(null)
                : new ProviderFault(ProviderFaultKind.NotFound, $"{Stage}: it is not there any more.");
        }

        ProviderResult<Event> row = await _events.GetAsync(id, cancellationToken);
        return row.IsSuccess ? new GraphFinding(row.Value)
            : row.Fault.Kind == ProviderFaultKind.NotFound && write.ItemId is null ? new GraphFinding(null)
            : row.Fault;
    }

    // Graph refuses a transaction that it has seen. Where the event of that one is nowhere to be found it was deleted
    // since, and the second attempt goes without.
    private Task<ProviderResult<Event>> CreateAsync(
        string eventKey, GraphDraft draft, bool isFirst, CancellationToken cancellationToken)
    {
        if (isFirst)
        {
            draft.Fields.TransactionId = GraphProperties.TransactionOf(eventKey);
        }

        GraphProperties.Set(draft.Fields, GraphProperties.Key, eventKey);
        return session.AskAsync(
            Stage,
            (client, token) => client.Me.Calendars[calendarId].Events.PostAsync(draft.Fields, cancellationToken: token),
            cancellationToken);
    }

    private async Task<ProviderResult<Event>> ChangeAsync(Event existing, GraphDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Words is { } words)
        {
            ProviderResult<ItemBody> body = await BodyOfAsync(existing, words, cancellationToken);
            if (!body.IsSuccess)
            {
                return body.Fault;
            }

            draft.Fields.Body = body.Value;
        }

        return await session.AskAsync(
            Stage,
            (client, token) => client.Me.Events[existing.Id].PatchAsync(
                draft.Fields,
                request =>
                {
                    if (GraphVersion.EtagOf(existing) is { } etag)
                    {
                        request.Headers.Add("If-Match", etag);
                    }
                },
                token),
            cancellationToken);
    }

    private async Task<ProviderResult<ItemBody>> BodyOfAsync(Event existing, string words, CancellationToken cancellationToken)
    {
        if (existing.IsOnlineMeeting != true)
        {
            return GraphDraft.TextBody(words);
        }

        ProviderResult<Event> html = await session.AskAsync(
            Stage,
            (client, token) => client.Me.Events[existing.Id].GetAsync(
                request =>
                {
                    request.QueryParameters.Select = ["id", "body"];
                    request.Headers.Add("Prefer", "outlook.body-content-type=\"html\"");
                },
                token),
            cancellationToken);
        return html.IsSuccess ? MeetingBlob.WithWords(html.Value.Body?.Content ?? "", words) : html.Fault;
    }

    private async Task<ProviderResult<ProviderItem>> ReadBackAsync(string? id, CancellationToken cancellationToken)
    {
        ProviderResult<Event> row = id is null
            ? new ProviderFault(ProviderFaultKind.Transient, $"{Stage}: Graph does not say which it is.")
            : await _events.GetAsync(id, cancellationToken);
        if (!row.IsSuccess)
        {
            return row.Fault.Kind == ProviderFaultKind.NotFound
                ? new ProviderFault(ProviderFaultKind.Transient, $"{Stage}: it was stored but is not there to be read.")
                : row.Fault;
        }

        return GraphEventReader.Read(row.Value) is { } item
            ? item
            : new ProviderFault(ProviderFaultKind.Transient, $"{Stage}: it was stored and cannot be read.");
    }

    // Graph has one word for a login without the permission and for a calendar that may only be read.
    private async Task<ProviderFault> RefusalAsync(ProviderFault fault, CancellationToken cancellationToken)
    {
        if (fault.Kind != ProviderFaultKind.ScopeMissing)
        {
            return fault;
        }

        ProviderResult<Calendar> calendar = await session.AskAsync(
            "looking for the calendar",
            (client, token) => client.Me.Calendars[calendarId].GetAsync(
                request => request.QueryParameters.Select = ["id", "canEdit"], token),
            cancellationToken);
        return calendar.Value?.CanEdit == false
            ? new ProviderFault(ProviderFaultKind.Rejected, $"{Stage}: the calendar may only be read.")
            : fault;
    }

    private async Task<ProviderFault?> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        ProviderFault? fault = await session.TellAsync(
            "deleting an event",
            (client, token) => client.Me.Events[id].DeleteAsync(cancellationToken: token),
            cancellationToken);
        return fault is null || fault.Kind == ProviderFaultKind.NotFound ? null : await RefusalAsync(fault, cancellationToken);
    }
}

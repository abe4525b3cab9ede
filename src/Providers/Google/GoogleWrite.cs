using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using Google.Apis.Calendar.v3;
using Google.Apis.Calendar.v3.Data;

namespace CalendarActors.Providers.Google;

/// <summary>Writes and deletes single events.</summary>
/// <remarks>
/// A write is a loop: 1. read the event; 2. merge the change into it; where nothing differs that is all; 3. store it, if
/// it is still the one that was read; 4. answer the item as it is now. A creation that finds the id taken, and an update
/// whose precondition failed, lead back to 1.
/// </remarks>
internal sealed class GoogleWrite(GoogleClient client, string calendarId)
{
    private const int MaxRounds = 4;
    private const string Stage = "writing an event";

    /// <summary>Creates or changes an event.</summary>
    public async Task<ProviderResult<ProviderItem>> WriteAsync(ProviderWrite write, CancellationToken cancellationToken)
    {
        string own = GoogleEventIds.Of(write.EventKey);
        string id = write.ItemId ?? own;
        for (int round = 0; round < MaxRounds; round++)
        {
            // 1
            GoogleResult<KeptEvent> got = await client.SendAsAsync<Event, KeptEvent>(
                client.Service.Events.Get(calendarId, id), "reading an event", cancellationToken);
            if (!got.IsSuccess && !got.IsGone)
            {
                return got.Fault;
            }

            bool isThere = got.Value is { Status: not "cancelled" };
            if (!isThere && (id != own || write.MustExist))
            {
                return new ProviderFault(ProviderFaultKind.NotFound, $"{Stage}: it is not there any more.");
            }

            if (isThere && GoogleRowReader.Read(got.Value!).Definition is null)
            {
                return new ProviderFault(ProviderFaultKind.Rejected, $"{Stage}: what is there cannot be read, and is not overwritten.");
            }

            // 2. The id of a deleted event is never free again, but an update brings the event back.
            KeptEvent row = isThere ? got.Value! : new KeptEvent { Id = id, ETag = got.Value?.ETag, Status = "confirmed" };
            bool mails = HasGuests(row);
            if (!GoogleEventEditor.Apply(row, isNew: !isThere, write.Change))
            {
                return await ItemAsync(row, isNew: false, cancellationToken);
            }

            // 3
            GoogleResult<KeptEvent> stored = got.Value is null
                ? await InsertAsync(row, cancellationToken)
                : await UpdateAsync(row, mails, write.Change.Attachments.IsSet || !isThere, cancellationToken);
            if (stored.IsSuccess)
            {
                // 4
                return await ItemAsync(stored.Value, isNew: !isThere, cancellationToken);
            }

            if (stored.Status is not (409 or 412))
            {
                // A cursor has no part in this: 410 is an event that was deleted a moment ago.
                return stored.IsGone ? stored.Fault with { Kind = ProviderFaultKind.NotFound } : stored.Fault;
            }
        }

        return new ProviderFault(ProviderFaultKind.Conflict, $"{Stage}: it changed under our hands {MaxRounds} times.");
    }

    /// <summary>Deletes an event, whatever it has become. Guests are told: some learn of it by mail only.</summary>
    public async Task<ProviderResult<string>> DeleteAsync(string eventKey, string? itemId, CancellationToken cancellationToken)
    {
        string id = itemId ?? GoogleEventIds.Of(eventKey);
        EventsResource.DeleteRequest request = client.Service.Events.Delete(calendarId, id);
        request.SendUpdates = EventsResource.DeleteRequest.SendUpdatesEnum.All;
        GoogleResult<string> result = await client.SendAsync(request, "deleting an event", cancellationToken);
        return result.IsSuccess || result.IsGone ? id : result.Fault;
    }

    /// <summary>Answers an invitation. The organizer is told, by mail where they have no calendar of Google's.</summary>
    /// <remarks>The list of guests is replaced as a whole, so it goes back as it was read, if it is still that one.</remarks>
    public async Task<ProviderResult<ProviderItem>> AnswerAsync(ProviderAnswer answer, CancellationToken cancellationToken)
    {
        const string stage = "answering an invitation";
        string status = answer.Answer.Status switch
        {
            ParticipationStatus.Accepted => "accepted",
            ParticipationStatus.Declined => "declined",
            _ => "tentative",
        };
        for (int round = 0; round < MaxRounds; round++)
        {
            GoogleResult<KeptEvent> got = await client.SendAsAsync<Event, KeptEvent>(
                client.Service.Events.Get(calendarId, answer.ItemId), stage, cancellationToken);
            if (!got.IsSuccess || got.Value.Status == "cancelled")
            {
                return got.IsSuccess || got.IsGone
                    ? new ProviderFault(ProviderFaultKind.NotFound, $"{stage}: it is not there any more.")
                    : got.Fault;
            }

            KeptEvent row = got.Value;
            EventAttendee? own = (row.Attendees ?? []).FirstOrDefault(a => a is { Self: true })
                ?? (row.Attendees ?? []).FirstOrDefault(a => a?.Email?.Trim() is { } mail
                    && string.Equals(mail, answer.Answer.Email, StringComparison.OrdinalIgnoreCase));
            if (own is null)
            {
                return new ProviderFault(ProviderFaultKind.Rejected, $"{stage}: the person is not invited.");
            }

            if (own.ResponseStatus == status)
            {
                return await ItemAsync(row, isNew: false, cancellationToken);
            }

            own.ResponseStatus = status;
            EventsResource.PatchRequest request = client.Service.Events.Patch(
                new Event { ETag = row.ETag, Attendees = row.Attendees, AttendeesOmitted = row.AttendeesOmitted },
                calendarId,
                answer.ItemId);
            request.SendUpdates = EventsResource.PatchRequest.SendUpdatesEnum.All;
            GoogleResult<KeptEvent> stored = await client.SendAsAsync<Event, KeptEvent>(request, stage, cancellationToken);
            if (stored.IsSuccess)
            {
                return await ItemAsync(stored.Value, isNew: false, cancellationToken);
            }

            if (stored.Status != 412)
            {
                return stored.IsGone ? stored.Fault with { Kind = ProviderFaultKind.NotFound } : stored.Fault;
            }
        }

        return new ProviderFault(ProviderFaultKind.Conflict, $"{stage}: it changed under our hands {MaxRounds} times.");
    }

    private async Task<GoogleResult<KeptEvent>> InsertAsync(KeptEvent row, CancellationToken cancellationToken)
    {
        EventsResource.InsertRequest request = client.Service.Events.Insert(row, calendarId);
        request.SendUpdates = HasGuests(row)
            ? EventsResource.InsertRequest.SendUpdatesEnum.All
            : EventsResource.InsertRequest.SendUpdatesEnum.None;
        request.SupportsAttachments = row.Attachments is { Count: > 0 } ? true : null;
        return await client.SendAsAsync<Event, KeptEvent>(request, Stage, cancellationToken);
    }

    // The etag in the body is sent as If-Match. Conference and attachments stay: without their own parameters an update
    // does not speak of them.
    private async Task<GoogleResult<KeptEvent>> UpdateAsync(
        KeptEvent row, bool hadGuests, bool saysAttachments, CancellationToken cancellationToken)
    {
        EventsResource.UpdateRequest request = client.Service.Events.Update(row, calendarId, row.Id!);
        request.SendUpdates = hadGuests || HasGuests(row)
            ? EventsResource.UpdateRequest.SendUpdatesEnum.All
            : EventsResource.UpdateRequest.SendUpdatesEnum.None;
        request.SupportsAttachments = saysAttachments ? true : null;
        return await client.SendAsAsync<Event, KeptEvent>(request, Stage, cancellationToken);
    }

    // Guests with other calendars learn of a change by mail only ("none" can lose them the event, as Google warns);
    // where nobody is invited there is nobody to write to.
    private static bool HasGuests(Event row) => row.Attendees?.Any(a => a is { Self: not true }) == true;

    private async Task<ProviderResult<ProviderItem>> ItemAsync(KeptEvent stored, bool isNew, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(stored.Id))
        {
            return new ProviderFault(ProviderFaultKind.Transient, $"{Stage}: the answer names no event.");
        }

        GoogleRow master = GoogleRowReader.Read(stored);
        Dictionary<string, GoogleRow> rows = new(StringComparer.Ordinal) { [master.Id] = master };
        if (!isNew && !master.Recurrence.IsEmpty && master.Uid is not null)
        {
            var series = new GoogleListing(client, calendarId);
            if (await series.ReadSeriesAsync(master.Uid, "reading a series", cancellationToken) is { } fault)
            {
                return fault;
            }

            foreach (GoogleRow row in series.Rows.Where(r => r.SeriesId == master.Id))
            {
                rows[row.Id] = row;
            }
        }

        return GoogleSeries.Build(master.Id, rows.Values).Item is { } item
            ? item
            : new ProviderFault(ProviderFaultKind.Transient, $"{Stage}: it was stored but cannot be read.");
    }
}

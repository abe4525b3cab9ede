using System.Text;
using System.Xml.Linq;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.ICalendar;

namespace CalendarActors.Providers.CalDav;

/// <summary>Writes and deletes single events.</summary>
/// <remarks>
/// A write is a loop: 1. read the resource; 2. merge the change into its text; where nothing differs that is all;
/// 3. store it, if it is still the one that was read; 4. read it back, because servers rewrite. A lost answer or a
/// precondition that failed leads back to 1, where a write that did succeed shows as "nothing differs".
/// </remarks>
internal sealed class CalDavWrite(DavClient client, Uri collection)
{
    private const int MaxRounds = 4;

    /// <summary>Creates or changes an event.</summary>
    public async Task<ProviderResult<ProviderItem>> WriteAsync(ProviderWrite write, CancellationToken cancellationToken)
    {
        Uri own = Resource(write.EventKey);
        Uri address = write.ItemId is null ? own : DavPath.Canonical(new Uri(collection, write.ItemId));
        if (!DavPath.IsIn(collection, address))
        {
            return new ProviderFault(ProviderFaultKind.NotFound, "writing an event: its id is not one of this calendar.");
        }

        Organizer? organizer = null;
        for (int round = 0; round < MaxRounds; round++)
        {
            // 1
            (CalDavResource? existing, ProviderFault? fault) = await ReadAsync(address, cancellationToken);
            if (fault is not null)
            {
                return fault;
            }

            if (existing is null && (address != own || write.MustExist))
            {
                return new ProviderFault(ProviderFaultKind.NotFound, "writing an event: it is not there any more.");
            }

            if (existing is { Reading.Object: null })
            {
                return new ProviderFault(ProviderFaultKind.Rejected, "writing an event: what is there cannot be read, and is not overwritten.");
            }

            // 2
            if (!write.Change.Invite.IsEmpty && existing?.Reading.Object!.Master?.Content.Organizer is null)
            {
                organizer ??= await OrganizerAsync(cancellationToken);
            }

            string? text = CalendarObjectEditor.Apply(existing?.Reading, write.Change, write.EventKey, client.Now, organizer);
            if (text is null)
            {
                return new ProviderItem(address.AbsolutePath, existing!.Etag, existing.Reading.Object!);
            }

            // 3
            DavResult stored = await client.PutAsync(address, text, existing?.Etag, existing is null, "writing an event", cancellationToken);
            if (!stored.IsAnswered)
            {
                return stored.Fault;
            }

            int status = stored.Answer.EffectiveStatus;
            if (status is >= 200 and < 300)
            {
                // 4
                (CalDavResource? after, fault) = await ReadAsync(address, cancellationToken);
                return fault is not null ? fault
                    : after?.Reading.Object is { } read ? new ProviderItem(address.AbsolutePath, after.Etag, read)
                    : new ProviderFault(ProviderFaultKind.Transient, "writing an event: it was stored but is not there to be read.");
            }

            if (status == 412)
            {
                continue;
            }

            if (existing is null && status is 403 or 409 or 400)
            {
                Uri? other = await FindByUidAsync(stored.Answer, write.EventKey, cancellationToken);
                if (other is not null && other != address)
                {
                    address = other;
                    continue;
                }
            }

            return await RefusalAsync(stored.Answer, cancellationToken);
        }

        return new ProviderFault(ProviderFaultKind.Conflict, $"writing an event: it changed under our hands {MaxRounds} times.");
    }

    /// <summary>Answers an invitation: the server sends the reply to the organizer (RFC 6638 section 3.2.2).</summary>
    /// <remarks>The same loop as a write's: a copy that another client answered meanwhile is read again and answered.</remarks>
    public async Task<ProviderResult<ProviderItem>> AnswerAsync(ProviderAnswer answer, CancellationToken cancellationToken)
    {
        const string stage = "answering an invitation";
        Uri address = DavPath.Canonical(new Uri(collection, answer.ItemId));
        for (int round = 0; round < MaxRounds; round++)
        {
            (CalDavResource? existing, ProviderFault? fault) =
                DavPath.IsIn(collection, address) ? await ReadAsync(address, cancellationToken) : (null, null);
            if (fault is not null || existing is null)
            {
                return fault ?? new ProviderFault(ProviderFaultKind.NotFound, $"{stage}: it is not there any more.");
            }

            if (existing.Reading.Object is not { } read || !InvitationEditor.IsInvited(existing.Reading, answer.Answer))
            {
                return new ProviderFault(ProviderFaultKind.Rejected, $"{stage}: the person is not invited.");
            }

            if (InvitationEditor.Apply(existing.Reading, answer.Answer, client.Now) is not { } text)
            {
                return new ProviderItem(address.AbsolutePath, existing.Etag, read);
            }

            DavResult stored = await client.PutAsync(address, text, existing.Etag, false, stage, cancellationToken);
            if (!stored.IsAnswered)
            {
                return stored.Fault;
            }

            if (stored.Answer.EffectiveStatus is >= 200 and < 300)
            {
                (CalDavResource? after, fault) = await ReadAsync(address, cancellationToken);
                return fault is not null ? fault
                    : after?.Reading.Object is { } now ? new ProviderItem(address.AbsolutePath, after.Etag, now)
                    : new ProviderFault(ProviderFaultKind.NotFound, $"{stage}: it was answered and is not there any more.");
            }

            if (stored.Answer.EffectiveStatus != 412)
            {
                return await RefusalAsync(stored.Answer, cancellationToken);
            }
        }

        return new ProviderFault(ProviderFaultKind.Conflict, $"{stage}: it changed under our hands {MaxRounds} times.");
    }

    /// <summary>Deletes an event, whatever it has become.</summary>
    public async Task<ProviderResult<string>> DeleteAsync(string eventKey, string? itemId, CancellationToken cancellationToken)
    {
        Uri address = itemId is null ? Resource(eventKey) : DavPath.Canonical(new Uri(collection, itemId));
        if (!DavPath.IsIn(collection, address))
        {
            return new ProviderFault(ProviderFaultKind.NotFound, "deleting an event: its id is not one of this calendar.");
        }

        DavResult result = await client.DeleteAsync(address, "deleting an event", cancellationToken);
        if (result.Answer is { EffectiveStatus: 404 or 410 } missing && itemId is null
            && await FindByUidAsync(missing, eventKey, cancellationToken) is { } other)
        {
            address = other;
            result = await client.DeleteAsync(address, "deleting an event", cancellationToken);
        }

        return !result.IsAnswered ? result.Fault
            : result.Answer.EffectiveStatus is (>= 200 and < 300) or 404 or 410 ? address.AbsolutePath
            : await RefusalAsync(result.Answer, cancellationToken);
    }

    private Uri Resource(string eventKey) => DavPath.Canonical(new Uri(collection, $"{Uri.EscapeDataString(eventKey)}.ics"));

    // The report gives text and etag as a pull gives them; a server that says nothing there is asked for the resource.
    private async Task<(CalDavResource? Resource, ProviderFault? Fault)> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        DavResult reported = await client.MultigetAsync(collection, [address.AbsolutePath], "reading an event", cancellationToken);
        DavRow? row = reported.Answer?.Rows.FirstOrDefault(r => r.Path == address.AbsolutePath);
        if (!reported.IsAnswered)
        {
            return (null, reported.Fault);
        }

        if (row?.Status is 404 or 410)
        {
            return (null, null);
        }

        return row?[DavNames.CalendarData] is { } text
            ? (new CalDavResource(row.Text(DavNames.GetEtag), Read(text.Value)), null)
            : await GetAsync(address, cancellationToken);
    }

    private CalendarReading Read(string text) => OwnAnswers.Applied(CalendarObjectReader.Read(text), client.Addresses);

    private async Task<(CalDavResource? Resource, ProviderFault? Fault)> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        DavResult result = await client.GetAsync(address, "reading an event", cancellationToken);
        if (!result.IsAnswered)
        {
            return (null, result.Fault);
        }

        return result.Answer.Status switch
        {
            200 => (new CalDavResource(
                CalDavContents.EtagOf(result.Answer),
                Read(Encoding.UTF8.GetString(result.Answer.Response.Body))), null),
            404 or 410 => (null, null),
            _ => (null, DavFaults.From(result.Answer, "reading an event", client.Now)),
        };
    }

    // A server that refuses a second resource of one UID says which has it (RFC 4791 section 5.3.2.1), or does not:
    // then it is asked for the UID.
    private async Task<Uri?> FindByUidAsync(DavAnswer refusal, string uid, CancellationToken cancellationToken)
    {
        Uri? named = refusal.Xml?.Descendants(DavNames.NoUidConflict).Elements(DavNames.Href)
            .Select(h => DavPath.Resolve(refusal.Response.Address, h.Value))
            .FirstOrDefault(a => a is not null && DavPath.IsIn(collection, a));
        if (named is not null)
        {
            return named;
        }

        var query = new XElement(
            DavNames.CalDav + "calendar-query",
            new XElement(DavNames.Dav + "prop", new XElement(DavNames.GetEtag)),
            new XElement(
                DavNames.CalDav + "filter",
                new XElement(
                    DavNames.CalDav + "comp-filter",
                    new XAttribute("name", "VCALENDAR"),
                    new XElement(
                        DavNames.CalDav + "comp-filter",
                        new XAttribute("name", "VEVENT"),
                        new XElement(
                            DavNames.CalDav + "prop-filter",
                            new XAttribute("name", "UID"),
                            new XElement(DavNames.CalDav + "text-match", new XAttribute("collation", "i;octet"), uid))))));
        DavResult found = await client.ReportAsync(collection, query, 1, "looking for an event", cancellationToken);
        DavRow[] rows = [.. (found.Answer?.Rows ?? []).Where(r => DavPath.IsIn(collection, r.Address) && r.Status is null or 200)];

        // The match is a substring, and some servers ignore the filter: the resource itself must say it.
        foreach (DavRow row in rows.Take(5))
        {
            (CalDavResource? resource, _) = await ReadAsync(row.Address, cancellationToken);
            if (resource?.Reading.Object?.Uid == uid)
            {
                return row.Address;
            }
        }

        return null;
    }

    // What a refused write means differs from a refused reading: the calendar may be gone, or closed to this login.
    private async Task<ProviderFault> RefusalAsync(DavAnswer answer, CancellationToken cancellationToken)
    {
        int status = answer.EffectiveStatus;
        if (status is 403 or 404 or 405 or 409 or 410)
        {
            DavResult there = await client.PropfindAsync(collection, 0, "looking for the calendar", cancellationToken, DavNames.ResourceType);
            if (there.Answer is { Status: 404 or 410 } or { Self.Status: 404 or 410 })
            {
                return new ProviderFault(ProviderFaultKind.NotFound, "writing an event: its calendar is gone.");
            }
        }

        return status is 403 or 404 or 405 or 409 or 410 or 507
            ? new ProviderFault(ProviderFaultKind.Rejected, $"writing an event: the server refused it with {status}.")
            : DavFaults.From(answer, "writing an event", client.Now);
    }

    // Attendees are only invited by somebody: the login's own address, as the server knows it.
    private async Task<Organizer?> OrganizerAsync(CancellationToken cancellationToken)
    {
        DavResult asked = await client.PropfindAsync(
            collection, 0, "finding the organizer", cancellationToken, DavNames.CurrentUserPrincipal);
        if (asked.Answer?.Self?.Link(DavNames.CurrentUserPrincipal) is not { } principal)
        {
            return null;
        }

        DavResult own = await client.PropfindAsync(
            principal, 0, "finding the organizer", cancellationToken, DavNames.UserAddresses, DavNames.DisplayName);
        return own.Answer?.Self is { } self && CalDavDiscovery.MailOf(self) is { } mail
            ? new Organizer(mail, self.Text(DavNames.DisplayName))
            : null;
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Attachments;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.Grains.Interfaces.Persons;

namespace CalendarActors.Grains.Attachments;

/// <summary>One uploaded file. Looks once a day where it is still used, and goes when it is nowhere.</summary>
/// <remarks>
/// Storing: the reminder first, then the list, the bytes, and the row that makes it exist; deleting: the row, the
/// bytes, the list, the reminder. So whatever ends in between, a look comes and finishes it. Attaching is stored before the event is written,
/// and nobody says when an event no longer has it: the look asks the calendars, which never call back.
/// </remarks>
[GrainType("attachment"), CollectionAgeLimit(Minutes = 2)]
internal sealed class AttachmentGrain(
    [PersistentState(StorageNames.Attachment, StorageNames.Provider)] IPersistentState<AttachmentState> state,
    [PersistentState(StorageNames.AttachmentContent, StorageNames.Provider)] IPersistentState<AttachmentContentState> content,
    AttachmentParts parts)
    : Grain, IAttachmentGrain, IRemindable
{
    private const string LookReminder = "look";
    private const string NameField = "name";
    private const string ContentField = "content";

    private static readonly TimeSpan LookEvery = TimeSpan.FromDays(1);

    private string Id => this.GetPrimaryKeyString();

    private AttachmentState State => state.State;

    public async Task<bool> Store(StoreAttachment request, CancellationToken cancellationToken)
    {
        if (State.Exists)
        {
            return true;
        }

        int count = await parts.Directory.CountAsync(DirectoryKinds.Attachment, request.ClientId, cancellationToken);
        if (count >= parts.PerApplication)
        {
            return false;
        }

        await this.RegisterOrUpdateReminder(LookReminder, LookEvery, LookEvery, cancellationToken);
        await parts.Directory.PutAsync(
            new DirectoryEntry(DirectoryKinds.Attachment, Id, request.ClientId, ""), cancellationToken);
        FileKey key = FileKey.New(Id);
        await content.CommitAsync(
            new AttachmentContentState { Content = key.Seal(ContentField, request.File.Bytes.AsSpan()) },
            DeactivateOnIdle,
            cancellationToken);
        await state.CommitAsync(
            new AttachmentState
            {
                ClientId = request.ClientId,
                Name = key.Seal(NameField, Encoding.UTF8.GetBytes(request.File.FileName)),
                ContentType = request.File.ContentType,
                Uploaded = parts.Now,
                ApplicationKey = await key.SealAsync(parts.Vault, request.ClientId, null, cancellationToken),
            },
            DeactivateOnIdle,
            cancellationToken);
        return true;
    }

    public async Task<AttachAnswer> Attach(AttachToCalendar request, CancellationToken cancellationToken)
    {
        if (!State.Exists || State.ClientId != request.ClientId || await OpenKeyAsync(cancellationToken) is not { } key)
        {
            return AttachAnswer.Unknown;
        }

        StoredUse? was = State.Uses.FirstOrDefault(u => u.CalendarId == request.CalendarId && u.GrantId == request.GrantId);
        if (was is null && State.Uses.Length >= AttachmentRules.Calendars)
        {
            return AttachAnswer.Full;
        }

        StoredUse use = was ?? new StoredUse(
            request.CalendarId,
            request.GrantId,
            request.PersonId,
            await key.SealAsync(parts.Vault, request.PersonId, request.CalendarId, cancellationToken),
            null);
        if (was is null)
        {
            await CommitAsync(State with { Uses = State.Uses.Add(use) }, cancellationToken);
        }
        else if (was.UnusedSince is not null)
        {
            use = was with { UnusedSince = null };
            await CommitAsync(State with { Uses = State.Uses.Replace(was, use) }, cancellationToken);
        }

        string name = Encoding.UTF8.GetString(key.Open(NameField, State.Name!));
        return new AttachAnswer(parts.FileOf(Id, State.ClientId, use, name, State.ContentType), false);
    }

    public async Task<AttachmentContent?> Read(
        string personId, string grantId, ImmutableArray<byte> linkHash, CancellationToken cancellationToken)
    {
        // What is read here belongs together, whatever is written meanwhile.
        AttachmentState file = State;
        StoredUse? use = file.Uses.FirstOrDefault(u => u.PersonId == personId && u.GrantId == grantId
            && CryptographicOperations.FixedTimeEquals(parts.TokenOf(Id, file.ClientId, u).Hash, linkHash.AsSpan()));
        if (use is null || content.State.Content is not { } bytes || !await IsCarriedAsync(file, use, cancellationToken))
        {
            return null;
        }

        return await FileKey.OpenAsync(Id, parts.Vault, use.CalendarId, use.Key, cancellationToken) is { } key
            ? new AttachmentContent(
                Encoding.UTF8.GetString(key.Open(NameField, file.Name!)),
                file.ContentType,
                ImmutableCollectionsMarshal.AsImmutableArray(key.Open(ContentField, bytes)))
            : null;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        AttachmentState seen = State;
        if (!seen.Exists)
        {
            await DeleteAsync();
            return;
        }

        bool isKept = parts.Now - seen.Uploaded < AttachmentRules.KeptUnused;
        bool isTakenBack = false;
        var uses = ImmutableArray.CreateBuilder<StoredUse>();
        foreach (StoredUse use in seen.Uses)
        {
            (StoredUse? after, bool isRevoked) = await LookAsync(seen, use);
            isTakenBack |= isRevoked;
            if (after is not null)
            {
                uses.Add(after);
            }
        }

        // What only they had who took it back is not kept for anybody else.
        if (uses.Count == 0 && (!isKept || isTakenBack))
        {
            await DeleteAsync();
            return;
        }

        AttachmentState next = seen with
        {
            Uses = uses.SequenceEqual(seen.Uses) ? seen.Uses : uses.ToImmutable(),
            ApplicationKey = isKept ? seen.ApplicationKey : null,
        };
        if (next.Uses != seen.Uses || !ReferenceEquals(next.ApplicationKey, seen.ApplicationKey))
        {
            await CommitAsync(next, CancellationToken.None);
        }
    }

    /// <summary>A use as it is after a look; null when it ended, and whether that was because it was taken back.</summary>
    private async Task<(StoredUse? After, bool IsRevoked)> LookAsync(AttachmentState file, StoredUse use)
    {
        try
        {
            PersonView person = await parts.Grains.Person(use.PersonId).View(CancellationToken.None);
            if (!person.Grants.Contains(use.GrantId, StringComparer.Ordinal))
            {
                return (null, true);
            }

            if (await IsCarriedAsync(file, use, CancellationToken.None))
            {
                return (use with { UnusedSince = null }, false);
            }

            // Or not yet: the write of the event may be on its way, and has days to arrive.
            StoredUse unused = use with { UnusedSince = use.UnusedSince ?? parts.Now };
            return (parts.Now - unused.UnusedSince >= AttachmentRules.KeptUnused ? null : unused, false);
        }
        catch (Exception exception)
        {
            // One calendar that cannot be asked just now keeps the others from nothing.
            parts.Log.LookFailed(exception, Id, use.CalendarId);
            return (use, false);
        }
    }

    private Task<bool> IsCarriedAsync(AttachmentState file, StoredUse use, CancellationToken cancellationToken) =>
        parts.Grains.Calendar(use.CalendarId).Carries(
            file.ClientId,
            use.PersonId,
            AttachmentLinks.PathOf(Id, parts.TokenOf(Id, file.ClientId, use)),
            cancellationToken);

    /// <summary>The file's key, by whoever still has it: the application, or one of the persons.</summary>
    private async Task<FileKey?> OpenKeyAsync(CancellationToken cancellationToken)
    {
        FileKey? key = State.ApplicationKey is { } own
            ? await FileKey.OpenAsync(Id, parts.Vault, null, own, cancellationToken)
            : null;
        foreach (StoredUse use in State.Uses)
        {
            key ??= await FileKey.OpenAsync(Id, parts.Vault, use.CalendarId, use.Key, cancellationToken);
        }

        return key;
    }

    private async Task DeleteAsync()
    {
        string clientId = State.ClientId;
        await state.ClearOrEndAsync(DeactivateOnIdle);
        await content.ClearOrEndAsync(DeactivateOnIdle);
        await parts.Directory.RemoveAsync(DirectoryKinds.Attachment, Id, CancellationToken.None);
        if (await this.GetReminder(LookReminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }

        if (clientId.Length > 0)
        {
            parts.Log.AttachmentDeleted(Id, clientId);
        }

        DeactivateOnIdle();
    }

    private Task CommitAsync(AttachmentState next, CancellationToken cancellationToken) =>
        state.CommitAsync(next, DeactivateOnIdle, cancellationToken);
}

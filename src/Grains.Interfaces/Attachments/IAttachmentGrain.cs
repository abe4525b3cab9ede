using System.Collections.Immutable;
using CalendarActors.Domain.Attachments;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Attachments;

/// <summary>
/// A file that an application uploaded, and the calendars in which its events have it. It goes by itself once none has.
/// Key: <c>att_…</c>, which is also its id on the wire.
/// </summary>
[Alias("attachment"), GrainInterfaceType("attachment")]
public interface IAttachmentGrain : IGrainWithStringKey
{
    /// <summary>Stores it, once. The key must be new; a repetition is the first.</summary>
    /// <returns>False when the application has as many as it may have.</returns>
    [Alias("store")]
    Task<bool> Store(StoreAttachment request, CancellationToken cancellationToken);

    /// <summary>Says that an event of a calendar is about to have it. Repeating it is harmless.</summary>
    [Alias("attach")]
    Task<AttachAnswer> Attach(AttachToCalendar request, CancellationToken cancellationToken);

    /// <summary>The file, for whoever has its link, as long as an event of that calendar has it.</summary>
    /// <param name="personId">Whose calendar the grant opens.</param>
    /// <param name="grantId">The grant that the link names.</param>
    /// <param name="linkHash">SHA-256 of the link's token.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null when there is no such link any more.</returns>
    [Alias("read"), AlwaysInterleave]
    Task<AttachmentContent?> Read(
        string personId, string grantId, ImmutableArray<byte> linkHash, CancellationToken cancellationToken);
}

/// <summary>A file to store, checked before.</summary>
/// <param name="ClientId">Whose it is, <c>app_…</c>.</param>
/// <param name="File">The file.</param>
[GenerateSerializer, Immutable, Alias("store-attachment")]
public sealed record StoreAttachment([property: Id(0)] string ClientId, [property: Id(1)] AttachmentContent File)
{
    /// <summary>Prints no content.</summary>
    public override string ToString() => $"StoreAttachment({ClientId})";
}

/// <summary>A file.</summary>
/// <param name="FileName">See <see cref="AttachmentRules.IsFileName"/>.</param>
/// <param name="ContentType">One of <see cref="AttachmentRules.ContentTypes"/>.</param>
/// <param name="Bytes">At most <see cref="AttachmentOptions.MaxBytes"/>.</param>
[GenerateSerializer, Immutable, Alias("attachment-content")]
public sealed record AttachmentContent(
    [property: Id(0)] string FileName, [property: Id(1)] string ContentType, [property: Id(2)] ImmutableArray<byte> Bytes)
{
    /// <summary>Prints no content.</summary>
    public override string ToString() => $"AttachmentContent({Bytes.Length} bytes)";
}

/// <summary>Where it is about to be attached.</summary>
/// <param name="ClientId">Who attaches it.</param>
/// <param name="PersonId">Whose calendar it is, <c>per_…</c>.</param>
/// <param name="GrantId">By which grant: the link ends with it.</param>
/// <param name="CalendarId"><c>cal_…</c>.</param>
[GenerateSerializer, Immutable, Alias("attach-to-calendar")]
public sealed record AttachToCalendar(
    [property: Id(0)] string ClientId, [property: Id(1)] string PersonId, [property: Id(2)] string GrantId, [property: Id(3)] string CalendarId);

/// <summary>What attaching came to.</summary>
/// <param name="File">What the event gets; null when there is no such attachment of this application, or it is full.</param>
/// <param name="IsFull">True when it is in <see cref="AttachmentRules.Calendars"/> calendars already.</param>
[GenerateSerializer, Immutable, Alias("attach-answer")]
public sealed record AttachAnswer([property: Id(0)] AttachedFile? File, [property: Id(1)] bool IsFull)
{
    /// <summary>There is none, or it is somebody else's.</summary>
    public static AttachAnswer Unknown { get; } = new(null, false);

    /// <summary>It is in too many calendars.</summary>
    public static AttachAnswer Full { get; } = new(null, true);

    /// <summary>Prints no link.</summary>
    public override string ToString() => $"AttachAnswer({(File is null ? "none" : "one")})";
}

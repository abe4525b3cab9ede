using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CalendarActors.Grains.Attachments;

/// <summary>What the attachments of a silo share.</summary>
internal sealed class AttachmentParts(
    IDirectory directory,
    ISecretVault vault,
    DerivedKeys keys,
    IOptions<PublicUrlOptions> publicUrl,
    IOptions<AttachmentOptions> options,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<AttachmentGrain> log)
{
    public IDirectory Directory => directory;

    public ISecretVault Vault => vault;

    public IGrainFactory Grains => grains;

    public ILogger Log => log;

    /// <summary>Files that an application may have.</summary>
    public int PerApplication => options.Value.PerApplication;

    /// <summary>The clock.</summary>
    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>The token of a use's link.</summary>
    public Token TokenOf(string attachmentId, string clientId, StoredUse use) =>
        AttachmentLinks.TokenOf(keys, attachmentId, clientId, use.GrantId, use.CalendarId);

    /// <summary>What an event gets.</summary>
    public AttachedFile FileOf(string attachmentId, string clientId, StoredUse use, string name, string contentType) =>
        new(publicUrl.Value.Base + AttachmentLinks.PathOf(attachmentId, TokenOf(attachmentId, clientId, use)), name, contentType);
}

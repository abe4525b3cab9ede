using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Authorization;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.Grains.Interfaces.Grants;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CalendarActors.Gateway.Attachments;

/// <summary>Uploading files, and opening those that events have.</summary>
internal static class AttachmentEndpoints
{
    /// <summary>Seconds after which a full store may have room: what nobody uses goes within days.</summary>
    private const int LaterSeconds = 3600;

    /// <summary>For what surrounds the content.</summary>
    private const int AroundContent = 64 * 1024;

    public static void MapAttachmentEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapApplicationApi(HttpMethods.Post, "/v1/attachments", UploadAsync).Describe(AttachmentDescription.Upload);
        routes.MapMethods(
            AttachedFile.Path + "{attachment_id}", [HttpMethods.Get, HttpMethods.Head], OpenAsync).ExcludeFromDescription();
    }

    /// <summary>Base64 is a third longer than bytes; some write each slash with an escape.</summary>
    public static int BodyLimit(int maxBytes) => maxBytes + (maxBytes / 2) + AroundContent;

    private static async Task UploadAsync(HttpContext context, string clientId)
    {
        int maxBytes = context.RequestServices.GetRequiredService<IOptions<AttachmentOptions>>().Value.MaxBytes;
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(context, faults, BodyLimit(maxBytes)) is not { } root)
        {
            return;
        }

        if (AttachmentWire.Read(root, maxBytes, faults) is not { } file)
        {
            await ApiErrors.SendAsync(context, GrantOutcome.Invalid, faults.Errors);
            return;
        }

        IGrainFactory grains = context.RequestServices.GetRequiredService<IGrainFactory>();
        string? id = await grains.GetGrain<IApplicationGrain>(clientId).Upload(file, CancellationToken.None);
        await (id is null ? ApiErrors.TooMany(context, LaterSeconds) : SendAsync(context, id, file));
    }

    [SuppressMessage("Security", "CA5351", Justification = "The vendor's answer has this one: it tells damage, and protects nothing.")]
    private static Task SendAsync(HttpContext context, string id, AttachmentContent file) => JsonAnswer.SendAsync(
        context, StatusCodes.Status200OK, (id, file), static (json, stored) =>
        {
            json.WriteStartObject();
            json.WriteStartObject("attachment");
            json.WriteString("attachment_id", stored.id);
            json.WriteString("file_name", stored.file.FileName);
            json.WriteString("content_type", stored.file.ContentType);
            json.WriteString("md5", Convert.ToHexStringLower(MD5.HashData(stored.file.Bytes.AsSpan())));
            json.WriteEndObject();
            json.WriteEndObject();
        });

    /// <summary>Hands the file to whoever has the link. Whatever is wrong with it looks the same from outside.</summary>
    /// <remarks>
    /// A guess is refused by its check value, without asking a grain. The file is for saving: no browser shows it, or takes it
    /// for anything else than what it is called.
    /// </remarks>
    private static async Task OpenAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.Headers.CacheControl = "private, no-store";
        response.Headers["X-Robots-Tag"] = "noindex";
        Token? token = context.RequestServices.GetRequiredService<BearerTokens>()
            .Parse(context.Request.Query["key"] is [{ } key] ? key : null, TokenKind.Attachment);
        AttachmentContent? file = token is null || !GrainKeys.IsGrant(token.GrainKey)
            ? null
            : await context.RequestServices.GetRequiredService<IGrainFactory>().Grant(token.GrainKey).Attachment(
                (string?)context.Request.RouteValues["attachment_id"] ?? "",
                ImmutableCollectionsMarshal.AsImmutableArray(token.Hash),
                context.RequestAborted);
        if (file is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        ContentDispositionHeaderValue disposition = new("attachment");
        disposition.SetHttpFileName(file.FileName);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.ContentType = file.ContentType;
        response.ContentLength = file.Bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(file.Bytes.AsMemory(), context.RequestAborted);
        }
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using NodaTime;

namespace CalendarActors.Domain.Attachments;

/// <summary>What may be attached to an event, and how long it is kept.</summary>
public static class AttachmentRules
{
    /// <summary>Attachments that an event may have.</summary>
    public const int PerEvent = 10;

    /// <summary>Calendars that one attachment may be in.</summary>
    public const int Calendars = 500;

    /// <summary>Characters of a file's name.</summary>
    public const int FileName = 200;

    // What file systems take for parts of a path, or refuse.
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/\\:*?\"<>|;");

    // By what name endings a type goes. None of them runs by being opened in a browser.
    private static readonly Dictionary<string, string[]> Types = new(StringComparer.Ordinal)
    {
        ["application/msword"] = ["doc"],
        ["application/pdf"] = ["pdf"],
        ["application/rtf"] = ["rtf"],
        ["application/vnd.ms-excel"] = ["xls"],
        ["application/vnd.ms-powerpoint"] = ["ppt"],
        ["application/vnd.oasis.opendocument.presentation"] = ["odp"],
        ["application/vnd.oasis.opendocument.spreadsheet"] = ["ods"],
        ["application/vnd.oasis.opendocument.text"] = ["odt"],
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = ["pptx"],
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = ["xlsx"],
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = ["docx"],
        ["application/zip"] = ["zip"],
        ["image/gif"] = ["gif"],
        ["image/heic"] = ["heic"],
        ["image/jpeg"] = ["jpg", "jpeg"],
        ["image/png"] = ["png"],
        ["image/webp"] = ["webp"],
        ["text/calendar"] = ["ics"],
        ["text/csv"] = ["csv"],
        ["text/markdown"] = ["md"],
        ["text/plain"] = ["txt"],
        ["text/vcard"] = ["vcf"],
    };

    /// <summary>How long an attachment is kept that no event has: from its upload, or from when that was first seen.</summary>
    public static Duration KeptUnused { get; } = Duration.FromDays(7);

    /// <summary>The media types that may be attached, in lower case, in order.</summary>
    public static IReadOnlyList<string> ContentTypes { get; } = [.. Types.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// True for a name that every file system takes and that reads as what it is: 1 to <see cref="FileName"/> characters, no
    /// part of a path, nothing invisible or turning the direction of writing, with an ending, no blank or dot at its ends.
    /// </summary>
    public static bool IsFileName(string name) =>
        name.Length > 0
        && EventRules.IsWithin(name, FileName)
        && name.Trim(' ', '.') == name
        && EndingOf(name).Length > 0
        && !name.AsSpan().ContainsAny(NotInNames)
        && !name.EnumerateRunes().Any(r => Rune.GetUnicodeCategory(r) is UnicodeCategory.Control
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || r.Value is 0x200E or 0x200F or 0x061C or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFD);

    /// <summary>The type as it is stored; null when it may not be attached.</summary>
    /// <param name="contentType">Without parameters, in any letter case.</param>
    public static string? TypeOf(string contentType)
    {
        string type = contentType.ToLowerInvariant();
        return Types.ContainsKey(type) ? type : null;
    }

    /// <summary>True when files of this type have the ending that the name has.</summary>
    /// <param name="name">As <see cref="IsFileName"/> allows.</param>
    /// <param name="type">Of <see cref="ContentTypes"/>.</param>
    public static bool IsNamedAs(string name, string type) =>
        Types[type].Contains(EndingOf(name).ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>True when events of a provider carry attachments.</summary>
    /// <remarks>
    /// Microsoft Graph takes files into the mailbox, by calls of their own, and links only to its own store ("referenceAttachment",
    /// read 2026-11).
    /// </remarks>
    public static bool AreCarriedBy(string providerName) =>
        providerName is not (ProviderNames.Office365 or ProviderNames.LiveConnect);

    private static string EndingOf(string name) =>
        name.LastIndexOf('.') is > 0 and var dot ? name[(dot + 1)..] : "";
}

using System.Diagnostics.CodeAnalysis;

namespace CalendarActors.Providers.CalDav;

/// <summary>Where the last pull of a collection ended, as a small versioned string.</summary>
/// <remarks>
/// <c>1~mode~tag~mark</c>, parts escaped. Mode <c>s</c>: the server keeps a change log and the mark is its sync token
/// (RFC 6578). Mode <c>l</c>: it keeps none, and the mark is a digest of the listing of etags. The tag is the
/// collection's ctag, empty when it has none. Etags themselves are not carried: they would be as long as the calendar.
/// </remarks>
/// <param name="IsSync">True for mode <c>s</c>.</param>
/// <param name="CTag">The ctag; empty when there is none.</param>
/// <param name="Mark">Sync token or digest.</param>
internal sealed record CalDavCursor(bool IsSync, string CTag, string Mark)
{
    private const string Version = "1";

    /// <summary>Reads a cursor; false for one that this version did not write.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CalDavCursor? cursor)
    {
        cursor = text.Split('~') is [Version, ("s" or "l") and var mode, var tag, var mark]
            ? new CalDavCursor(mode == "s", Uri.UnescapeDataString(tag), Uri.UnescapeDataString(mark))
            : null;
        return cursor is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Version}~{(IsSync ? "s" : "l")}~{Escape(CTag)}~{Escape(Mark)}";

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("~", "%7E", StringComparison.Ordinal);
}

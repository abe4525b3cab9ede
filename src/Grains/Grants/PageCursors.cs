using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Grains.Grants;

/// <summary>Turns cursors into the last part of a page link, and back.</summary>
internal sealed class PageCursors(DerivedKeys keys, TimeProvider time) : IDisposable
{
    /// <summary>How long a link can be followed. Listing starts anew after that; an hour outlasts any client's pauses.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly PageSeal _seal = new(keys.Pages, RandomNumberGenerator.GetBytes(PageSeal.PrefixLength));

    public string Close(string grantId, PageKind kind, PageCursor cursor) => _seal.Close(
        grantId, WordOf(kind), (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds(), cursor.ToBytes());

    /// <summary>False for a link that is foreign, of another kind, tampered with or expired.</summary>
    public bool TryOpen(string grantId, PageKind kind, string text, [NotNullWhen(true)] out PageCursor? cursor)
    {
        cursor = null;
        return _seal.TryOpen(grantId, WordOf(kind), time.GetUtcNow().ToUnixTimeSeconds(), text, out byte[]? content)
            && PageCursor.TryRead(content, out cursor);
    }

    public void Dispose() => _seal.Dispose();

    private static string WordOf(PageKind kind) => kind switch
    {
        PageKind.Events => "events",
        PageKind.FreeBusy => "free busy",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Connections;

/// <summary>Counts definitive refusals of a login; enough of them end it.</summary>
internal sealed class ConnectionRefusals(string connectionId, ConnectionRows rows, SyncParts parts)
{
    /// <summary>One refusal more. The calendars are listed out of turn, which proves or disproves it.</summary>
    /// <param name="tokenVersion">The credential that was refused: one that is no longer stored proves nothing.</param>
    /// <param name="detail">For an operator.</param>
    public async Task NoteAsync(long tokenVersion, string detail)
    {
        Instant now = parts.Now;
        Duration spread = Duration.FromTimeSpan(parts.Options.RefusalSpread);
        bool isDead = false;
        await rows.ChangeAsync(
            m =>
            {
                if (m.State != ConnectionState.Connected || tokenVersion != rows.Tokens.Version)
                {
                    return m;
                }

                Instant first = m.FirstRefusal ?? now;
                int count = m.Refusals + 1;
                isDead = RefusalRules.IsDead(count, first, now, spread);
                return isDead
                    ? m with { State = ConnectionState.Disconnected, Reason = detail, Version = m.Version + 1, Refusals = 0, FirstRefusal = null }
                    : m with { Refusals = count, FirstRefusal = first };
            },
            (o, next) => next.State == ConnectionState.Disconnected
                ? o.Telling(next.Calendars.Select(c => c.Summary.CalendarId)) with { List = false }
                : o with { List = true });
        if (isDead)
        {
            parts.Log.LoginDead(connectionId, detail);
        }
    }
}

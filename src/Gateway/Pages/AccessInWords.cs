using System.Collections.Frozen;
using System.Collections.Immutable;
using CalendarActors.Domain.Authorization;

namespace CalendarActors.Gateway.Pages;

/// <summary>A scope as a person reads it: the names of the sentences to show.</summary>
/// <param name="May">Below <c>may.</c>, the weightiest first.</param>
/// <param name="MayNot">Below <c>maynot.</c>.</param>
internal sealed record AccessInWords(ImmutableArray<string> May, ImmutableArray<string> MayNot)
{
    private static readonly ImmutableArray<string> Order =
    [
        Scopes.ReadEvents, Scopes.ReadFreeBusy, Scopes.CreateEvent, Scopes.DeleteEvent, Scopes.EventReminders,
        Scopes.ChangeParticipationStatus, Scopes.CreateCalendar, Scopes.ListCalendars, Scopes.ReadAccount,
    ];

    public static AccessInWords Of(string scope)
    {
        FrozenSet<string> permissions = Scopes.Expand(scope);
        bool readsEvents = permissions.Contains(Scopes.ReadEvents);
        bool writes = permissions.Contains(Scopes.CreateEvent) || permissions.Contains(Scopes.DeleteEvent);
        return new AccessInWords(
            [.. Order.Where(p => permissions.Contains(p) && !(p == Scopes.ReadFreeBusy && readsEvents))],
            [.. new[] { readsEvents ? null : "events", writes ? "others" : "change", "password" }.OfType<string>()]);
    }
}

using System.Collections.Immutable;

namespace CalendarActors.Gateway.Api;

/// <summary>An application that calls for itself: with its API key, with any of its access tokens, or from an element.</summary>
/// <param name="ClientId">The application.</param>
/// <param name="Subs">The accounts that may be asked about; default for all of the application's.</param>
/// <param name="BookableEventIds">The bookable events that may be asked about; likewise.</param>
internal sealed record ApplicationCaller(string ClientId, ImmutableArray<string> Subs, ImmutableArray<string> BookableEventIds)
{
    /// <summary>True when it calls from a page that anybody may look at.</summary>
    public bool IsElement => !Subs.IsDefault;

    /// <summary>True when an account may be asked about.</summary>
    public bool MayAskAbout(string sub) => Subs.IsDefault || Subs.Contains(sub, StringComparer.Ordinal);

    /// <summary>True when a bookable event may be asked about.</summary>
    public bool MayAskAboutEvent(string eventId) =>
        BookableEventIds.IsDefault || BookableEventIds.Contains(eventId, StringComparer.Ordinal);
}

using System.Text.Json;
using CalendarActors.Domain.Events;

namespace CalendarActors.Gateway.Events;

/// <summary>The words by which the wire calls an event's enumerated values.</summary>
internal static class EventWords
{
    private static readonly JsonEncodedText Unknown = JsonEncodedText.Encode("unknown");
    private static readonly JsonEncodedText NeedsAction = JsonEncodedText.Encode("needs_action");
    private static readonly JsonEncodedText Accepted = JsonEncodedText.Encode("accepted");
    private static readonly JsonEncodedText Declined = JsonEncodedText.Encode("declined");
    private static readonly JsonEncodedText Tentative = JsonEncodedText.Encode("tentative");
    private static readonly JsonEncodedText Confirmed = JsonEncodedText.Encode("confirmed");
    private static readonly JsonEncodedText Cancelled = JsonEncodedText.Encode("cancelled");
    private static readonly JsonEncodedText Opaque = JsonEncodedText.Encode("opaque");
    private static readonly JsonEncodedText Transparent = JsonEncodedText.Encode("transparent");
    private static readonly JsonEncodedText WorkingElsewhere = JsonEncodedText.Encode("working_elsewhere");
    private static readonly JsonEncodedText OutOfOffice = JsonEncodedText.Encode("out_of_office");

    public static JsonEncodedText Of(ParticipationStatus status) => status switch
    {
        ParticipationStatus.NeedsAction => NeedsAction,
        ParticipationStatus.Accepted => Accepted,
        ParticipationStatus.Declined => Declined,
        ParticipationStatus.Tentative => Tentative,
        _ => Unknown,
    };

    public static JsonEncodedText Of(EventStatus status) => status switch
    {
        EventStatus.Confirmed => Confirmed,
        EventStatus.Tentative => Tentative,
        EventStatus.Cancelled => Cancelled,
        _ => Unknown,
    };

    public static JsonEncodedText Of(Transparency transparency) => transparency switch
    {
        Transparency.Opaque => Opaque,
        Transparency.Transparent => Transparent,
        Transparency.WorkingElsewhere => WorkingElsewhere,
        Transparency.Tentative => Tentative,
        Transparency.OutOfOffice => OutOfOffice,
        _ => Unknown,
    };

    /// <summary>The two words of <c>transparency</c>: whoever may not be there after all still takes the time.</summary>
    public static JsonEncodedText PlainOf(Transparency transparency) =>
        transparency.TakesTime() ? Opaque : Transparent;

    /// <summary>Null for a word that neither field knows.</summary>
    public static Transparency? TransparencyOf(string word, bool isExtended) => word switch
    {
        "opaque" => Transparency.Opaque,
        "transparent" => Transparency.Transparent,
        "working_elsewhere" when isExtended => Transparency.WorkingElsewhere,
        "tentative" when isExtended => Transparency.Tentative,
        "out_of_office" when isExtended => Transparency.OutOfOffice,
        _ => null,
    };
}

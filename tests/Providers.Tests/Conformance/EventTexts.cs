namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>iCalendar text as other clients write it.</summary>
internal static class EventTexts
{
    public static string Simple(string uid, string summary, string start = "20270310T090000Z", string end = "20270310T100000Z") => Crlf($"""
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Other//Client//EN
        BEGIN:VEVENT
        UID:{uid}
        DTSTAMP:20270101T000000Z
        DTSTART:{start}
        DTEND:{end}
        SUMMARY:{summary}
        END:VEVENT
        END:VCALENDAR
        """);

    /// <summary>A meeting that somebody else called.</summary>
    public static string Invitation(string uid, string guest) => Crlf($"""
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Other//Client//EN
        BEGIN:VEVENT
        UID:{uid}
        DTSTAMP:20270101T000000Z
        DTSTART:20270310T090000Z
        DTEND:20270310T100000Z
        SUMMARY:Planning
        ORGANIZER;CN=Boss:mailto:boss@elsewhere.example
        ATTENDEE;CN=Me;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;X-OWN=kept:mailto:{guest}
        ATTENDEE;CN=Other;PARTSTAT=TENTATIVE:mailto:other@elsewhere.example
        SEQUENCE:3
        END:VEVENT
        END:VCALENDAR
        """);

    /// <summary>A weekly series with an override, an excluded day, a foreign alarm and properties of its author's own.</summary>
    public static string Rich(string uid) => Crlf($"""
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Other//Client//EN
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        BEGIN:STANDARD
        DTSTART:19701025T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:19700329T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:{uid}
        DTSTAMP:20270101T000000Z
        CREATED:20270101T000000Z
        LAST-MODIFIED:20270101T000000Z
        DTSTART;TZID=Europe/Berlin:20270311T140000
        DTEND;TZID=Europe/Berlin:20270311T150000
        RRULE:FREQ=WEEKLY;COUNT=10
        EXDATE;TZID=Europe/Berlin:20270318T140000
        SUMMARY;LANGUAGE=de:Wöchentliches Treffen
        DESCRIPTION:Zeile eins\nZeile zwei\, mit Komma
        LOCATION:Raum 5
        PRIORITY:5
        X-OTHER-CLIENT;X-PARAM="a:b;c":kept as written
        CATEGORIES:WORK,TEAM
        SEQUENCE:3
        BEGIN:VALARM
        ACTION:EMAIL
        TRIGGER:-PT1H
        SUMMARY:Mail
        DESCRIPTION:Not ours
        ATTENDEE:mailto:alice@example.com
        END:VALARM
        END:VEVENT
        BEGIN:VEVENT
        UID:{uid}
        DTSTAMP:20270101T000000Z
        RECURRENCE-ID;TZID=Europe/Berlin:20270325T140000
        DTSTART;TZID=Europe/Berlin:20270325T160000
        DTEND;TZID=Europe/Berlin:20270325T170000
        SUMMARY:Verschoben
        X-OVERRIDE-PROPERTY:kept too
        END:VEVENT
        END:VCALENDAR
        """);

    public static string Journal(string uid) => Crlf($"""
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Other//Client//EN
        BEGIN:VJOURNAL
        UID:{uid}
        DTSTAMP:20270101T000000Z
        SUMMARY:Not an event
        END:VJOURNAL
        END:VCALENDAR
        """);

    public static string Crlf(string text) => text.ReplaceLineEndings("\r\n") + "\r\n";
}

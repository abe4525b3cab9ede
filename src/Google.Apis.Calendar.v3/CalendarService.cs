using Google.Apis.Services;

namespace Google.Apis.Calendar.v3;

/// <summary>The Calendar service.</summary>
public class CalendarService : BaseClientService
{
    /// <summary>The API version.</summary>
    public const string Version = "v3";

    /// <summary>Constructs a service with default settings.</summary>
    public CalendarService()
        : this(new Initializer())
    {
    }

    /// <summary>Constructs a service.</summary>
    public CalendarService(Initializer initializer)
        : base(initializer)
    {
        BaseUri = GetEffectiveUri(BaseUriOverride, "https://www.googleapis.com/calendar/v3/");
        BatchUri = GetEffectiveUri(null, "https://www.googleapis.com/batch/calendar/v3");
        CalendarList = new CalendarListResource(this);
        Calendars = new CalendarsResource(this);
        Channels = new ChannelsResource(this);
        Events = new EventsResource(this);
    }

    /// <inheritdoc/>
    public override IList<string> Features => [];

    /// <inheritdoc/>
    public override string Name => "calendar";

    /// <inheritdoc/>
    public override string BaseUri { get; }

    /// <inheritdoc/>
    public override string BasePath => "calendar/v3/";

    /// <inheritdoc/>
    public override string BatchUri { get; }

    /// <inheritdoc/>
    public override string BatchPath => "batch/calendar/v3";

    /// <summary>The user's list of calendars.</summary>
    public virtual CalendarListResource CalendarList { get; }

    /// <summary>Calendars.</summary>
    public virtual CalendarsResource Calendars { get; }

    /// <summary>Notification channels.</summary>
    public virtual ChannelsResource Channels { get; }

    /// <summary>Events.</summary>
    public virtual EventsResource Events { get; }

    /// <summary>OAuth 2.0 scopes, as constants.</summary>
    public static class ScopeConstants
    {
        /// <summary>See, edit, share, and permanently delete all the calendars you can access using Google Calendar.</summary>
        public const string Calendar = "https://www.googleapis.com/auth/calendar";
    }
}

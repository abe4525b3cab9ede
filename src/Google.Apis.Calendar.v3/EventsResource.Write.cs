using Google.Apis.Calendar.v3.Data;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Calendar.v3;

public partial class EventsResource
{
    /// <summary>Creates an event.</summary>
    public class InsertRequest : CalendarBaseServiceRequest<Event>
    {
        /// <summary>Constructs the request.</summary>
        public InsertRequest(IClientService service, Event body, string calendarId)
            : base(service)
        {
            Body = body;
            CalendarId = calendarId;
            InitParameters();
        }

        /// <summary>Guests who should receive notifications.</summary>
        public enum SendUpdatesEnum
        {
            /// <summary>Notifications are sent to all guests.</summary>
            [StringValue("all")]
            All = 0,

            /// <summary>Notifications are sent to non-Google Calendar guests only.</summary>
            [StringValue("externalOnly")]
            ExternalOnly = 1,

            /// <summary>No notifications are sent.</summary>
            [StringValue("none")]
            None = 2,
        }

        /// <summary>Calendar identifier.</summary>
        [RequestParameter("calendarId", RequestParameterType.Path)]
        public virtual string CalendarId { get; }

        /// <summary>Whether to send notifications about the creation of the new event.</summary>
        [RequestParameter("sendUpdates", RequestParameterType.Query)]
        public virtual SendUpdatesEnum? SendUpdates { get; set; }

        /// <summary>Whether the API client performing the operation supports event attachments. Default is false.</summary>
        [RequestParameter("supportsAttachments", RequestParameterType.Query)]
        public virtual bool? SupportsAttachments { get; set; }

        /// <inheritdoc/>
        public override string MethodName => "insert";

        /// <inheritdoc/>
        public override string HttpMethod => "POST";

        /// <inheritdoc/>
        public override string RestPath => "calendars/{calendarId}/events";

        private Event Body { get; }

        /// <inheritdoc/>
        protected override object GetBody() => Body;
    }

    /// <summary>Updates an event: what the body does not say is cleared.</summary>
    public class UpdateRequest : CalendarBaseServiceRequest<Event>
    {
        /// <summary>Constructs the request.</summary>
        public UpdateRequest(IClientService service, Event body, string calendarId, string eventId)
            : base(service)
        {
            Body = body;
            CalendarId = calendarId;
            EventId = eventId;
            InitParameters();
        }

        /// <summary>Guests who should receive notifications.</summary>
        public enum SendUpdatesEnum
        {
            /// <summary>Notifications are sent to all guests.</summary>
            [StringValue("all")]
            All = 0,

            /// <summary>Notifications are sent to non-Google Calendar guests only.</summary>
            [StringValue("externalOnly")]
            ExternalOnly = 1,

            /// <summary>No notifications are sent.</summary>
            [StringValue("none")]
            None = 2,
        }

        /// <summary>Calendar identifier.</summary>
        [RequestParameter("calendarId", RequestParameterType.Path)]
        public virtual string CalendarId { get; }

        /// <summary>Event identifier.</summary>
        [RequestParameter("eventId", RequestParameterType.Path)]
        public virtual string EventId { get; }

        /// <summary>Guests who should receive notifications about the event update.</summary>
        [RequestParameter("sendUpdates", RequestParameterType.Query)]
        public virtual SendUpdatesEnum? SendUpdates { get; set; }

        /// <summary>Whether the API client performing the operation supports event attachments. Default is false.</summary>
        [RequestParameter("supportsAttachments", RequestParameterType.Query)]
        public virtual bool? SupportsAttachments { get; set; }

        /// <inheritdoc/>
        public override string MethodName => "update";

        /// <inheritdoc/>
        public override string HttpMethod => "PUT";

        /// <inheritdoc/>
        public override string RestPath => "calendars/{calendarId}/events/{eventId}";

        private Event Body { get; }

        /// <inheritdoc/>
        protected override object GetBody() => Body;
    }

    /// <summary>Watch for changes to Events resources.</summary>
    public class WatchRequest : CalendarBaseServiceRequest<Channel>
    {
        /// <summary>Constructs the request.</summary>
        public WatchRequest(IClientService service, Channel body, string calendarId)
            : base(service)
        {
            Body = body;
            CalendarId = calendarId;
            InitParameters();
        }

        /// <summary>Calendar identifier.</summary>
        [RequestParameter("calendarId", RequestParameterType.Path)]
        public virtual string CalendarId { get; }

        /// <inheritdoc/>
        public override string MethodName => "watch";

        /// <inheritdoc/>
        public override string HttpMethod => "POST";

        /// <inheritdoc/>
        public override string RestPath => "calendars/{calendarId}/events/watch";

        private Channel Body { get; }

        /// <inheritdoc/>
        protected override object GetBody() => Body;
    }
}

using Google.Apis.Calendar.v3.Data;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Calendar.v3;

public partial class EventsResource
{
    /// <summary>Returns an event based on its Google Calendar ID.</summary>
    public class GetRequest : CalendarBaseServiceRequest<Event>
    {
        /// <summary>Constructs the request.</summary>
        public GetRequest(IClientService service, string calendarId, string eventId)
            : base(service)
        {
            CalendarId = calendarId;
            EventId = eventId;
            InitParameters();
        }

        /// <summary>Calendar identifier.</summary>
        [RequestParameter("calendarId", RequestParameterType.Path)]
        public virtual string CalendarId { get; }

        /// <summary>Event identifier.</summary>
        [RequestParameter("eventId", RequestParameterType.Path)]
        public virtual string EventId { get; }

        /// <inheritdoc/>
        public override string MethodName => "get";

        /// <inheritdoc/>
        public override string HttpMethod => "GET";

        /// <inheritdoc/>
        public override string RestPath => "calendars/{calendarId}/events/{eventId}";
    }

    /// <summary>Deletes an event.</summary>
    public class DeleteRequest : CalendarBaseServiceRequest<string>
    {
        /// <summary>Constructs the request.</summary>
        public DeleteRequest(IClientService service, string calendarId, string eventId)
            : base(service)
        {
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

        /// <summary>Guests who should receive notifications about the deletion.</summary>
        [RequestParameter("sendUpdates", RequestParameterType.Query)]
        public virtual SendUpdatesEnum? SendUpdates { get; set; }

        /// <inheritdoc/>
        public override string MethodName => "delete";

        /// <inheritdoc/>
        public override string HttpMethod => "DELETE";

        /// <inheritdoc/>
        public override string RestPath => "calendars/{calendarId}/events/{eventId}";
    }
}

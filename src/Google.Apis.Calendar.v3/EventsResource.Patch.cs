using Google.Apis.Calendar.v3.Data;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Calendar.v3;

public partial class EventsResource
{
    /// <summary>Updates an event: what the body does not say stays. Lists are replaced as a whole.</summary>
    public class PatchRequest : CalendarBaseServiceRequest<Event>
    {
        /// <summary>Constructs the request.</summary>
        public PatchRequest(IClientService service, Event body, string calendarId, string eventId)
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

        /// <inheritdoc/>
        public override string MethodName => "patch";

        /// <inheritdoc/>
        public override string HttpMethod => "PATCH";

        /// <inheritdoc/>
        public override string RestPath => "calendars/{calendarId}/events/{eventId}";

        private Event Body { get; }

        /// <inheritdoc/>
        protected override object GetBody() => Body;
    }
}

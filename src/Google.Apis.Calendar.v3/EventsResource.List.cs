using Google.Apis.Calendar.v3.Data;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Calendar.v3;

public partial class EventsResource
{
    /// <summary>Returns events on the specified calendar.</summary>
    public class ListRequest : CalendarBaseServiceRequest<Events>
    {
        /// <summary>Constructs the request.</summary>
        public ListRequest(IClientService service, string calendarId)
            : base(service)
        {
            CalendarId = calendarId;
            InitParameters();
        }

        /// <summary>Calendar identifier.</summary>
        [RequestParameter("calendarId", RequestParameterType.Path)]
        public virtual string CalendarId { get; }

        /// <summary>Event ID in the iCalendar format, shared by all instances of a series.</summary>
        [RequestParameter("iCalUID", RequestParameterType.Query)]
        public virtual string? ICalUID { get; set; }

        /// <summary>Maximum number of events on one page: 250 by default, at most 2500.</summary>
        [RequestParameter("maxResults", RequestParameterType.Query)]
        public virtual int? MaxResults { get; set; }

        /// <summary>Which page to return.</summary>
        [RequestParameter("pageToken", RequestParameterType.Query)]
        public virtual string? PageToken { get; set; }

        /// <summary>Whether to include deleted events (with status "cancelled").</summary>
        [RequestParameter("showDeleted", RequestParameterType.Query)]
        public virtual bool? ShowDeleted { get; set; }

        /// <summary>Whether to expand recurring events into instances.</summary>
        [RequestParameter("singleEvents", RequestParameterType.Query)]
        public virtual bool? SingleEvents { get; set; }

        /// <summary>Token of the last page of an earlier list request: only what changed since is returned.</summary>
        [RequestParameter("syncToken", RequestParameterType.Query)]
        public virtual string? SyncToken { get; set; }

        /// <inheritdoc/>
        public override string MethodName => "list";

        /// <inheritdoc/>
        public override string HttpMethod => "GET";

        /// <inheritdoc/>
        public override string RestPath => "calendars/{calendarId}/events";
    }
}

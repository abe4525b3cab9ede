using Google.Apis.Calendar.v3.Data;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Calendar.v3;

/// <summary>The "calendarList" collection of methods.</summary>
public class CalendarListResource(IClientService service)
{
    /// <summary>Returns the calendars on the user's calendar list.</summary>
    public virtual ListRequest List() => new(service);

    /// <summary>Updates an existing calendar on the user's calendar list, leaving out what the body does not say.</summary>
    public virtual PatchRequest Patch(CalendarListEntry body, string calendarId) => new(service, body, calendarId);

    /// <summary>Watch for changes to CalendarList resources.</summary>
    public virtual WatchRequest Watch(Channel body) => new(service, body);

    /// <summary>Returns the calendars on the user's calendar list.</summary>
    public class ListRequest : CalendarBaseServiceRequest<CalendarList>
    {
        /// <summary>Constructs the request.</summary>
        public ListRequest(IClientService service)
            : base(service) => InitParameters();

        /// <summary>Maximum number of entries on one page: 100 by default, at most 250.</summary>
        [RequestParameter("maxResults", RequestParameterType.Query)]
        public virtual int? MaxResults { get; set; }

        /// <summary>Which page to return.</summary>
        [RequestParameter("pageToken", RequestParameterType.Query)]
        public virtual string? PageToken { get; set; }

        /// <summary>Only entries changed since the list that gave this token, deleted and hidden ones included.</summary>
        [RequestParameter("syncToken", RequestParameterType.Query)]
        public virtual string? SyncToken { get; set; }

        /// <inheritdoc/>
        public override string MethodName => "list";

        /// <inheritdoc/>
        public override string HttpMethod => "GET";

        /// <inheritdoc/>
        public override string RestPath => "users/me/calendarList";
    }

    /// <summary>Updates an existing calendar on the user's calendar list.</summary>
    public class PatchRequest : CalendarBaseServiceRequest<CalendarListEntry>
    {
        /// <summary>Constructs the request.</summary>
        public PatchRequest(IClientService service, CalendarListEntry body, string calendarId)
            : base(service)
        {
            Body = body;
            CalendarId = calendarId;
            InitParameters();
        }

        /// <summary>Calendar identifier.</summary>
        [RequestParameter("calendarId", RequestParameterType.Path)]
        public virtual string CalendarId { get; }

        /// <summary>Whether to use the backgroundColor and foregroundColor fields to write the calendar colors.</summary>
        [RequestParameter("colorRgbFormat", RequestParameterType.Query)]
        public virtual bool? ColorRgbFormat { get; set; }

        /// <inheritdoc/>
        public override string MethodName => "patch";

        /// <inheritdoc/>
        public override string HttpMethod => "PATCH";

        /// <inheritdoc/>
        public override string RestPath => "users/me/calendarList/{calendarId}";

        private CalendarListEntry Body { get; }

        /// <inheritdoc/>
        protected override object GetBody() => Body;
    }

    /// <summary>Watch for changes to CalendarList resources.</summary>
    public class WatchRequest : CalendarBaseServiceRequest<Channel>
    {
        /// <summary>Constructs the request.</summary>
        public WatchRequest(IClientService service, Channel body)
            : base(service)
        {
            Body = body;
            InitParameters();
        }

        /// <inheritdoc/>
        public override string MethodName => "watch";

        /// <inheritdoc/>
        public override string HttpMethod => "POST";

        /// <inheritdoc/>
        public override string RestPath => "users/me/calendarList/watch";

        private Channel Body { get; }

        /// <inheritdoc/>
        protected override object GetBody() => Body;
    }
}

using Google.Apis.Services;

namespace Google.Apis.Calendar.v3;

/// <summary>The "calendars" collection of methods.</summary>
public class CalendarsResource(IClientService service)
{
    /// <summary>Creates a secondary calendar.</summary>
    public virtual InsertRequest Insert(Data.Calendar body) => new(service, body);

    /// <summary>Creates a secondary calendar.</summary>
    public class InsertRequest : CalendarBaseServiceRequest<Data.Calendar>
    {
        /// <summary>Constructs the request.</summary>
        public InsertRequest(IClientService service, Data.Calendar body)
            : base(service)
        {
            Body = body;
            InitParameters();
        }

        /// <inheritdoc/>
        public override string MethodName => "insert";

        /// <inheritdoc/>
        public override string HttpMethod => "POST";

        /// <inheritdoc/>
        public override string RestPath => "calendars";

        private Data.Calendar Body { get; }

        /// <inheritdoc/>
        protected override object GetBody() => Body;
    }
}

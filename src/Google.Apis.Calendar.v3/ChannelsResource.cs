using Google.Apis.Calendar.v3.Data;
using Google.Apis.Services;

namespace Google.Apis.Calendar.v3;

/// <summary>The "channels" collection of methods.</summary>
public class ChannelsResource(IClientService service)
{
    /// <summary>Stop watching resources through this channel.</summary>
    public virtual StopRequest Stop(Channel body) => new(service, body);

    /// <summary>Stop watching resources through this channel.</summary>
    public class StopRequest : CalendarBaseServiceRequest<string>
    {
        /// <summary>Constructs the request.</summary>
        public StopRequest(IClientService service, Channel body)
            : base(service)
        {
            Body = body;
            InitParameters();
        }

        /// <inheritdoc/>
        public override string MethodName => "stop";

        /// <inheritdoc/>
        public override string HttpMethod => "POST";

        /// <inheritdoc/>
        public override string RestPath => "channels/stop";

        private Channel Body { get; }

        /// <inheritdoc/>
        protected override object GetBody() => Body;
    }
}

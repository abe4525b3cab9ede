using System.Reflection;
using Google.Apis.Discovery;
using Google.Apis.Requests;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Calendar.v3;

/// <summary>A request of the Calendar service.</summary>
/// <remarks>
/// The official package spells out each request's parameters in generated code; here they are read off the attributes
/// that it has as well.
/// </remarks>
public abstract class CalendarBaseServiceRequest<TResponse> : ClientServiceRequest<TResponse>
{
    /// <summary>Constructs a request.</summary>
    protected CalendarBaseServiceRequest(IClientService service)
        : base(service)
    {
    }

    /// <summary>Selector of the fields of a partial response.</summary>
    [RequestParameter("fields", RequestParameterType.Query)]
    public virtual string? Fields { get; set; }

    /// <summary>Whose quota is used: any string that tells users apart, at most 40 characters.</summary>
    [RequestParameter("quotaUser", RequestParameterType.Query)]
    public virtual string? QuotaUser { get; set; }

    /// <inheritdoc/>
    protected override void InitParameters()
    {
        base.InitParameters();
        foreach (PropertyInfo property in GetType().GetProperties())
        {
            if (property.GetCustomAttribute<RequestParameterAttribute>(inherit: true) is { } attribute)
            {
                bool isPath = attribute.Type == RequestParameterType.Path;
                RequestParameters[attribute.Name] = new Parameter
                {
                    Name = attribute.Name,
                    IsRequired = isPath,
                    ParameterType = isPath ? "path" : "query",
                    DefaultValue = null,
                    Pattern = null,
                };
            }
        }
    }
}

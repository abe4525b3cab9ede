using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;
using Microsoft.AspNetCore.Routing.Template;

namespace CalendarActors.Gateway.Api;

/// <summary>Finds what an entry of a batch asks for among the calls that are mapped.</summary>
internal sealed class BatchOperations
{
    private const string Root = "/v1/";
    private const int MaxUrl = 2_048;

    private readonly (ApiOperation Operation, TemplateMatcher Path, bool IsAllowed)[] _known;

    public BatchOperations(EndpointDataSource endpoints) => _known =
    [
        .. endpoints.Endpoints
            .Where(e => e.Metadata.GetMetadata<ApiOperation>() is not null)
            .Select(e => (Call: e.Metadata.GetMetadata<ApiOperation>()!, IsAllowed: e.Metadata.GetMetadata<AllowedInBatch>() is not null))
            .Select(e => (e.Call, new TemplateMatcher(TemplateParser.Parse(e.Call.Pattern), []), e.IsAllowed)),
    ];

    /// <summary>What to run. What is wrong with an entry is run as well: its answer is what is wrong.</summary>
    public BatchEntry Read(RequestField field)
    {
        RequestFaults faults = new();
        RequestField entry = field.Apart(faults);
        if (!entry.IsObject)
        {
            faults.Add("batch", FieldKeys.MustBeObject, "each entry must be an object");
            return Refused(faults);
        }

        string? method = entry["method"].Require() ? entry["method"].Text(16) : null;
        string? url = entry["relative_url"].Require() ? entry["relative_url"].Text(MaxUrl) : null;
        if (url is not null && !(url.StartsWith(Root, StringComparison.Ordinal) && Uri.TryCreate(url, UriKind.Relative, out _)))
        {
            entry["relative_url"].Fault(FieldKeys.InvalidFormat, "must be a path that begins with /v1/");
        }

        return faults.Any ? Refused(faults) : Find(method!, url!, entry, faults);
    }

    private static BatchEntry Refused(RequestFaults faults) => BatchEntry.Answering(
        call => ApiErrors.SendAsync(call.Context, GrantOutcome.Invalid, faults.Errors));

    private BatchEntry Find(string method, string url, RequestField entry, RequestFaults faults)
    {
        int question = url.IndexOf('?', StringComparison.Ordinal);
        PathString path = PathString.FromUriComponent(question < 0 ? url : url[..question]);
        foreach ((ApiOperation operation, TemplateMatcher template, bool isAllowed) in _known)
        {
            RouteValueDictionary values = [];
            if (!operation.Method.Equals(method, StringComparison.OrdinalIgnoreCase) || !template.TryMatch(path, values))
            {
                continue;
            }

            if (isAllowed)
            {
                return new BatchEntry(
                    operation.Method, path, QueryString.FromUriComponent(question < 0 ? "" : url[question..]), values,
                    entry["data"].AsBody(), operation.Endpoint);
            }

            entry["relative_url"].Fault(FieldKeys.NotSupported, "this call cannot stand in a batch");
            return Refused(faults);
        }

        return BatchEntry.Answering(static call => ApiErrors.NotFound(call.Context));
    }
}

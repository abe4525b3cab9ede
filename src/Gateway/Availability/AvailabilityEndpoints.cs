using CalendarActors.Domain.Authorization;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.BookableEvents;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Availability;

/// <summary>When can these people meet.</summary>
internal static class AvailabilityEndpoints
{
    public static void MapAvailabilityEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapAvailabilityApi("/v1/availability", FindAsync).Describe(AvailabilityDescription.Find);
        routes.MapAvailabilityApi("/v1/sequenced_availability", FindSequencesAsync).Describe(AvailabilityDescription.FindSequences);
        routes.MapElementApi(HttpMethods.Post, "/v1/availability_rules", RuleEndpoints.PutAsync, ElementPermissions.ManagedAvailability)
            .Describe(RuleDescription.Put);
        routes.MapApi(HttpMethods.Get, "/v1/availability_rules", RuleEndpoints.ListAsync).Describe(RuleDescription.List);
        routes.MapElementApi(
            HttpMethods.Get, "/v1/availability_rules/{availability_rule_id}", RuleEndpoints.ReadAsync, ElementPermissions.ManagedAvailability)
            .Describe(RuleDescription.Read);
        routes.MapApi(HttpMethods.Delete, "/v1/availability_rules/{availability_rule_id}", RuleEndpoints.RemoveAsync)
            .Describe(RuleDescription.Remove);
        routes.MapApi(HttpMethods.Post, "/v1/available_periods", AvailablePeriodEndpoints.PutAsync).AllowInBatch()
            .Describe(AvailablePeriodDescription.Put);
        routes.MapApi(HttpMethods.Get, "/v1/available_periods", AvailablePeriodEndpoints.ListAsync)
            .Describe(AvailablePeriodDescription.List);
        routes.MapApi(HttpMethods.Delete, "/v1/available_periods", AvailablePeriodEndpoints.RemoveAsync).AllowInBatch()
            .Describe(AvailablePeriodDescription.Remove);
    }

    /// <summary>The worker that knows about time, and whoever asks it.</summary>
    public static (IAvailabilityGrain Worker, TokenHolder Caller) Of(ApiCall call) => (
        WorkerOf(call.Context), new TokenHolder(call.Grant.GetPrimaryKeyString(), call.TokenHash));

    /// <summary>The worker that knows about time.</summary>
    public static IAvailabilityGrain WorkerOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IAvailabilityGrain>(0);

    private static async Task FindAsync(HttpContext context, ApplicationCaller caller)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(context, faults) is not { } root)
        {
            return;
        }

        if (BookableQuestionWire.IsMeant(root))
        {
            await FindOpenEventsAsync(context, caller, root, faults);
            return;
        }

        AvailabilityRequestWire wire = new(root, caller);
        AvailabilityRequest request = wire.Read();
        bool withStatuses = (root["include_member_statuses"].Flag() ?? false) || request.Members.Any(m => m.Query.WantsFreshness);
        if (faults.Any)
        {
            await ApiErrors.SendAsync(context, GrantOutcome.Invalid, faults.Errors);
            return;
        }

        GrantAnswer<AvailabilityAnswer> answer = await WorkerOf(context).Find(request, CancellationToken.None);
        await (answer is { Outcome: GrantOutcome.Ok, Value: { } found }
            ? JsonAnswer.SendAsync(
                context,
                StatusCodes.Status200OK,
                new AnsweredQuestion(request, found, wire.AnswersPeriods, withStatuses),
                AvailabilityAnswerWire.Write)
            : ApiErrors.SendAsync(context, answer.Outcome, answer.Errors));
    }

    private static async Task FindOpenEventsAsync(
        HttpContext context, ApplicationCaller caller, RequestField root, RequestFaults faults)
    {
        OpenBookableEventsRequest request = BookableQuestionWire.Read(root, caller);
        if (faults.Any)
        {
            await ApiErrors.SendAsync(context, GrantOutcome.Invalid, faults.Errors);
            return;
        }

        GrantAnswer<OpenBookableEvents> answer = await WorkerOf(context).OpenBookableEvents(request, CancellationToken.None);
        await (answer is { Outcome: GrantOutcome.Ok, Value: { } open }
            ? JsonAnswer.SendAsync(context, StatusCodes.Status200OK, open.Events, static (json, events) => BookableEventWire.WriteOpen(json, events))
            : ApiErrors.SendAsync(context, answer.Outcome, answer.Errors));
    }

    private static async Task FindSequencesAsync(HttpContext context, ApplicationCaller caller)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(context, faults) is not { } root)
        {
            return;
        }

        SequenceRequestWire wire = new(root, caller);
        SequenceRequest request = wire.Read();
        if (faults.Any)
        {
            await ApiErrors.SendAsync(context, GrantOutcome.Invalid, faults.Errors);
            return;
        }

        GrantAnswer<SequenceAnswer> answer = await WorkerOf(context).FindSequences(request, CancellationToken.None);
        await (answer is { Outcome: GrantOutcome.Ok, Value: { } found }
            ? JsonAnswer.SendAsync(
                context, StatusCodes.Status200OK, new AnsweredSequence(request, wire.Ids, found), AvailabilityAnswerWire.Write)
            : ApiErrors.SendAsync(context, answer.Outcome, answer.Errors));
    }
}

using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Gateway.Availability;

/// <summary>The hours of the week at which a person can be met.</summary>
internal static class RuleEndpoints
{
    public static async Task PutAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        AvailabilityRule rule = RuleWire.Read(root);
        (IAvailabilityGrain worker, TokenHolder caller) = AvailabilityEndpoints.Of(call);
        await (faults.Any
            ? call.RefuseAsync(faults)
            : call.AnswerAsync(await worker.PutRule(caller, rule, CancellationToken.None), SendAsync));
    }

    public static async Task ListAsync(ApiCall call)
    {
        (IAvailabilityGrain worker, TokenHolder caller) = AvailabilityEndpoints.Of(call);
        await call.AnswerAsync(
            await worker.Rules(caller, CancellationToken.None),
            static (context, rules) => JsonAnswer.SendAsync(context, StatusCodes.Status200OK, rules, RuleWire.WriteList));
    }

    public static async Task ReadAsync(ApiCall call)
    {
        (IAvailabilityGrain worker, TokenHolder caller) = AvailabilityEndpoints.Of(call);
        await call.AnswerAsync(await worker.Rule(caller, OwnId.InPath(call.Route("availability_rule_id")), CancellationToken.None), SendAsync);
    }

    public static async Task RemoveAsync(ApiCall call)
    {
        (IAvailabilityGrain worker, TokenHolder caller) = AvailabilityEndpoints.Of(call);
        await call.AcceptAsync(await worker.RemoveRule(caller, OwnId.InPath(call.Route("availability_rule_id")), CancellationToken.None));
    }

    private static Task SendAsync(HttpContext context, AvailabilityRule rule) =>
        JsonAnswer.SendAsync(context, StatusCodes.Status200OK, rule, RuleWire.WriteOne);
}

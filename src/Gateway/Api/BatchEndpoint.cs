using CalendarActors.Gateway.RateLimits;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Api;

/// <summary>Up to 50 writes in one request.</summary>
/// <remarks>
/// Each entry runs as the call that it is, endpoint and all, and so is answered as by itself. Entries of one calendar run
/// in the order given, those of different calendars at the same time.
/// </remarks>
internal sealed class BatchEndpoint(EndpointDataSource endpoints, ApiGate gate, RateBudgets budgets)
{
    /// <summary>Entries that a batch may have.</summary>
    public const int MaxEntries = 50;

    private readonly Lazy<BatchOperations> _operations = new(() => new BatchOperations(endpoints));

    public async Task RunAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        RequestField list = root["batch"];
        IReadOnlyList<RequestField>? fields = list.Require() ? list.Items(MaxEntries) : null;
        if (fields is null)
        {
            await call.RefuseAsync(faults);
            return;
        }

        GrantAnswer<AccountView> known = await call.Grant.Account(call.TokenHash, CancellationToken.None);
        if (known.Outcome is not GrantOutcome.Ok)
        {
            await ApiErrors.SendAsync(call.Context, known.Outcome, []);
            return;
        }

        (int paid, RateVerdict last) = await PayAsync(call, fields.Count);
        if (last.Kind is RateVerdictKind.Gone)
        {
            await ApiErrors.InvalidToken(call.Context);
            return;
        }

        BatchEntry[] entries =
        [
            .. fields.Take(paid).Select(_operations.Value.Read),
            .. fields.Skip(paid).Select(_ => BatchEntry.Answering(
                part => ApiErrors.TooMany(part.Context, last.RetryAfterSeconds))),
        ];
        await JsonAnswer.SendAsync(
            call.Context, StatusCodes.Status207MultiStatus, await RunAsync(call, entries), static (json, answers) =>
            {
                json.WriteStartObject();
                json.WriteStartArray("batch");
                foreach (BatchAnswer answer in answers)
                {
                    answer.Write(json);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
    }

    /// <summary>How many entries the application's budget covers, from the first on. The gate has paid for one.</summary>
    private async Task<(int Paid, RateVerdict Last)> PayAsync(ApiCall call, int entries)
    {
        RateVerdict verdict = RateVerdict.Allowed;
        for (int paid = Math.Min(1, entries); paid < entries; paid++)
        {
            verdict = await budgets.TakeAsync(call.ClientId, CancellationToken.None);
            if (verdict.Kind is not RateVerdictKind.Allowed)
            {
                return (paid, verdict);
            }
        }

        return (entries, verdict);
    }

    /// <summary>Runs them; the answers stand in the order of the entries.</summary>
    internal async Task<BatchAnswer[]> RunAsync(ApiCall call, BatchEntry[] entries)
    {
        BatchAnswer[] answers = new BatchAnswer[entries.Length];
        await Task.WhenAll(Enumerable.Range(0, entries.Length)
            .GroupBy(i => entries[i].CalendarId, StringComparer.Ordinal)
            .Select(async calendar =>
            {
                foreach (int i in calendar)
                {
                    answers[i] = await entries[i].RunAsync(call, gate);
                }
            }));
        return answers;
    }
}

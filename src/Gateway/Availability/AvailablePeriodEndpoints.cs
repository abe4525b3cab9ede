using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Time;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Availability;
using NodaTime;

namespace CalendarActors.Gateway.Availability;

/// <summary>Single times at which a person can be met.</summary>
internal static class AvailablePeriodEndpoints
{
    public static async Task PutAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        string id = OwnId.Read(root["available_period_id"]);
        Stretch period = Moments.Period(root) ?? default;
        root["tzid"].Zone();
        (IAvailabilityGrain worker, TokenHolder caller) = AvailabilityEndpoints.Of(call);
        await (faults.Any
            ? call.RefuseAsync(faults)
            : call.AcceptAsync(await worker.PutPeriod(
                caller, new AvailablePeriod(id, period.Start, period.End), CancellationToken.None)));
    }

    public static async Task ListAsync(ApiCall call)
    {
        RequestFaults faults = new();
        QueryFields query = new(call.Request.Query, faults);
        string zoneId = query.Text("tzid") is null ? "Etc/UTC" : query.Zone("tzid") ?? "Etc/UTC";
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[zoneId];
        long from = StartOf(query.Time("from", FieldKeys.MustBeDate), zone) ?? 0;
        long to = StartOf(query.Time("to", FieldKeys.MustBeDate), zone) ?? long.MaxValue;
        bool isLocalized = query.Flag("localized_times");
        if (to < from)
        {
            faults.Add("to", FieldKeys.InvalidTimePair, "to must not be before from");
        }

        (IAvailabilityGrain worker, TokenHolder caller) = AvailabilityEndpoints.Of(call);
        await (faults.Any
            ? call.RefuseAsync(faults)
            : call.AnswerAsync(
                await worker.Periods(caller, from, to, CancellationToken.None),
                (context, periods) => JsonAnswer.SendAsync(
                    context,
                    StatusCodes.Status200OK,
                    (periods, zone: isLocalized ? zone : null),
                    static (json, value) => AvailablePeriodWire.Write(json, value.periods, value.zone))));
    }

    public static async Task RemoveAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        bool isAll = root["delete_all"].Flag() ?? false;
        string? id = isAll ? null : OwnId.Read(root["available_period_id"]);
        (IAvailabilityGrain worker, TokenHolder caller) = AvailabilityEndpoints.Of(call);
        await (faults.Any
            ? call.RefuseAsync(faults)
            : call.AcceptAsync(await worker.RemovePeriods(caller, id, CancellationToken.None)));
    }

    private static long? StartOf(GivenTime? day, DateTimeZone zone) =>
        day is { } given ? DayStart.Of(given.DayIn(zone), zone).ToUnixTimeSeconds() : null;
}

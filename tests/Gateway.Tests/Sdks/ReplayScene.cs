using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Sdks;

/// <summary>A calendar with more events than a page holds, for all who read.</summary>
public sealed class ReplayScene
{
    /// <summary>One more than a page.</summary>
    public const int Events = 101;

    private ApiCaller? _caller;
    private string _calendarId = "";

    /// <summary>A library that reads it.</summary>
    internal async Task<(SdkCaller Caller, string CalendarId)> ReadByAsync(GatewayHost host, Sdk sdk)
    {
        if (_caller is null)
        {
            ApiCaller caller = await ApiCaller.OpenAsync(host);
            _calendarId = await caller.CalendarIdAsync();
            await Task.WhenAll(Enumerable.Range(0, Events).Select(number => caller.WriteAsync(
                HttpMethod.Post,
                $"/v1/calendars/{_calendarId}/events",
                new { event_id = $"e{number}", summary = "x", start = At(1 + (number / 20), "09:00"), end = At(1 + (number / 20), "10:00") })));
            _caller = caller;
        }

        return (new SdkCaller(host, sdk, new TestApplication("", "", "")) { AccessToken = _caller.AccessToken }, _calendarId);
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using CalendarActors.Domain.Events;
using CalendarActors.Gateway.Accounts;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Calendars;

/// <summary>The calendars of a person's profiles.</summary>
internal static class CalendarEndpoints
{
    private const int MaxName = 250;

    public static void MapCalendarEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(HttpMethods.Get, "/v1/calendars", ListAsync).Describe(CalendarDescription.List);
        routes.MapApi(HttpMethods.Post, "/v1/calendars", CreateAsync).Describe(CalendarDescription.Create);
    }

    private static async Task ListAsync(ApiCall call) => await call.AnswerAsync(
        await call.Grant.Account(call.TokenHash, CancellationToken.None),
        static (context, view) => JsonAnswer.SendAsync(context, StatusCodes.Status200OK, view, WriteList));

    private static async Task CreateAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        string? profileId = root["profile_id"].Require() ? root["profile_id"].Text(MaxName) : null;
        string? name = root["name"].Require() ? root["name"].Text(MaxName) : null;
        if (name?.Trim().Length == 0)
        {
            root["name"].Fault(FieldKeys.Required, "required");
        }

        string? color = root["color"].Text(64);
        if (color is { Length: > 0 } && !EventRules.IsColor(color))
        {
            root["color"].Fault(FieldKeys.InvalidFormat, "must be a color such as #49BED8");
        }

        await (faults.Any
            ? call.RefuseAsync(faults)
            : call.AnswerAsync(
                await call.Grant.CreateCalendar(
                    call.TokenHash, profileId!, name!, string.IsNullOrEmpty(color) ? null : color, CancellationToken.None),
                static (context, made) => JsonAnswer.SendAsync(context, StatusCodes.Status200OK, made, WriteCreated)));
    }

    private static void WriteList(Utf8JsonWriter json, AccountView view)
    {
        json.WriteStartObject();
        json.WriteString("sub", view.AccountId);
        json.WriteStartArray("calendars");
        foreach (ConnectionSummary profile in AccountWire.ProfilesOf(view))
        {
            foreach (CalendarSummary calendar in profile.Calendars)
            {
                Write(json, profile, calendar, view.Unrestricted);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCreated(Utf8JsonWriter json, CreatedCalendar made)
    {
        json.WriteStartObject();
        json.WritePropertyName("calendar");
        Write(json, made.Profile, made.Calendar, []);
        json.WriteEndObject();
    }

    private static void Write(
        Utf8JsonWriter json, ConnectionSummary profile, CalendarSummary calendar, ImmutableArray<string> unrestricted)
    {
        json.WriteStartObject();
        ProfileWire.WriteIdentity(json, profile);
        ProfileWire.WriteCalendar(json, profile.ProviderName, calendar, unrestricted);
        json.WriteEndObject();
    }
}

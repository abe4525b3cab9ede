using System.Collections.Immutable;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Secrets;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.BookableEvents;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Authorization;

/// <summary>Tokens by which an application's page shows something of its accounts in a browser.</summary>
internal sealed class ElementTokenEndpoint(DerivedKeys keys, IGrainFactory grains, TimeProvider time)
{
    private const int MaxText = 300;

    /// <summary>Asks for an element token, by an application that proved itself.</summary>
    public async Task MintAsync(HttpContext context, string clientId)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(context, faults) is not { } root)
        {
            return;
        }

        ImmutableArray<string> permissions = Texts(root["permissions"], ElementPermissions.Known.Count * 2, isRequired: true);
        ImmutableArray<string> subs = Texts(root["subs"], ElementToken.MaxSubs, isRequired: false);
        string? origin = Origin(root["origin"]);
        ImmutableArray<string> events = BookableEvents(root["bookable_event_ids"]);
        CheckRest(root);
        if (!faults.Any && permissions.Any(word => !ElementPermissions.Known.Contains(word, StringComparer.Ordinal)))
        {
            // The vendor's own form for this one.
            await JsonAnswer.SendAsync(context, StatusCodes.Status400BadRequest, "not_recognized", static (json, word) =>
            {
                json.WriteStartObject();
                json.WriteString("permissions", word);
                json.WriteEndObject();
            });
            return;
        }

        if (!faults.Any && !await AreOfAsync(clientId, subs))
        {
            root["subs"].Fault(FieldKeys.NotRecognized, "one or more of these are not accounts of this application");
        }

        await (faults.Any
            ? ApiErrors.SendAsync(context, GrantOutcome.Invalid, faults.Errors)
            : SendAsync(context, new ElementToken(clientId, permissions, subs, events, origin!, Now + ElementToken.Lifetime)));
    }

    private NodaTime.Instant Now => NodaTime.Instant.FromDateTimeOffset(time.GetUtcNow());

    private static ImmutableArray<string> Texts(RequestField field, int limit, bool isRequired)
    {
        if (isRequired && !field.Require())
        {
            return [];
        }

        IReadOnlyList<RequestField>? items = field.Items(limit);
        if (isRequired && items?.Count == 0)
        {
            field.Fault(FieldKeys.Required, "at least one must be given");
        }

        return [.. (items ?? []).Select(item => item.Require() ? item.Text(MaxText) : null).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private static string? Origin(RequestField field)
    {
        if (!field.Require() || field.Text(MaxText) is not { } text)
        {
            return null;
        }

        string? origin = ElementToken.OriginOf(text);
        if (origin is null)
        {
            field.Fault(FieldKeys.InvalidFormat, "must be an origin such as https://app.example.com: a scheme, a host, perhaps a port");
        }

        return origin;
    }

    private static ImmutableArray<string> BookableEvents(RequestField field)
    {
        IReadOnlyList<RequestField>? items = field.Items(ElementToken.MaxBookableEvents);
        ImmutableArray<string> ids = [.. (items ?? []).Select(BookableEventWire.Id).Distinct(StringComparer.Ordinal)];
        if (ids.Sum(id => id.Length) > ElementToken.MaxBookableEventText)
        {
            field.Fault(FieldKeys.TooLong, $"must have at most {ElementToken.MaxBookableEventText} characters together");
        }

        return ids;
    }

    private static void CheckRest(RequestField root)
    {
        if (root["version"].Text(MaxText) is not (null or "" or "1"))
        {
            root["version"].Fault(FieldKeys.NotRecognized, "the only version is 1");
        }
    }

    private async Task<bool> AreOfAsync(string clientId, ImmutableArray<string> subs)
    {
        if (!subs.All(GrainKeys.IsGrant))
        {
            return false;
        }

        bool[] own = await Task.WhenAll(subs.Select(sub => grains.Grant(sub).IsOf(clientId, CancellationToken.None)));
        return own.All(static known => known);
    }

    private Task SendAsync(HttpContext context, ElementToken token)
    {
        context.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.SendAsync(context, StatusCodes.Status200OK, (token, text: token.Seal(keys)), static (json, made) =>
        {
            json.WriteStartObject();
            json.WriteStartObject("element_token");
            json.WriteStartArray("permissions");
            foreach (string word in made.token.Permissions)
            {
                json.WriteStringValue(word);
            }

            json.WriteEndArray();
            json.WriteString("origin", made.token.Origin);
            json.WriteString("token", made.text);
            json.WriteNumber("expires_in", (int)ElementToken.Lifetime.TotalSeconds);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }
}

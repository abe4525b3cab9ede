using System.Runtime.InteropServices;
using System.Text;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Triggers;

namespace CalendarActors.Grains.Triggers;

/// <summary>Hands calls over to those who make them. Once done they are durable; doing it again is doing it once.</summary>
internal sealed class TriggerPost(string triggerKey, TriggerParts parts)
{
    private const int AtOnce = 32;

    private readonly string _calendarId = GrainKeys.CalendarOfTrigger(triggerKey);

    /// <summary>Hands over what looks found due.</summary>
    public async Task PostAsync(string personId, IEnumerable<TriggerLook> looks, CancellationToken cancellationToken)
    {
        foreach (var some in looks.SelectMany(look => look.Fired.Select(fired => (look.Before, fired))).Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(s =>
                PostAsync(personId, s.Before, s.fired.By, s.fired.Transition, s.fired.Armed, cancellationToken)));
            parts.Meters.Fired(some.Length);
        }
    }

    /// <summary>An address in the clear; null when what it was sealed with is destroyed.</summary>
    public async ValueTask<string?> AddressOf(StoredSubscription subscription, CancellationToken cancellationToken) =>
        await parts.Vault.OpenAsync(TriggerParts.PlaceOf(triggerKey), subscription.Address, cancellationToken) is { } address
            ? Encoding.UTF8.GetString(address)
            : null;

    private async Task PostAsync(
        string personId,
        TriggeredEvent happened,
        StoredSubscription subscription,
        Transition transition,
        Armed armed,
        CancellationToken cancellationToken)
    {
        if (await AddressOf(subscription, cancellationToken) is not { } address)
        {
            parts.Meters.Dropped("erased");
            return;
        }

        byte[] body = TriggerBody.Write(transition, _calendarId, happened.EventId, armed.Happening);
        await parts.Grains
            .GetGrain<ITriggerCallGrain>(parts.CallKeyOf(_calendarId, happened, address, transition, armed.Due))
            .Post(
                new PostedCall(
                    personId, happened.GrantId, happened.ClientId, address, ImmutableCollectionsMarshal.AsImmutableArray(body)),
                cancellationToken);
    }
}

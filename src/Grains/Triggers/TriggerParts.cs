using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Secrets;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Sync;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CalendarActors.Grains.Triggers;

/// <summary>What the triggers of a silo share.</summary>
internal sealed class TriggerParts(
    ICallbackSender sender,
    ISecretVault vault,
    DerivedKeys keys,
    TriggerMeters meters,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<TriggerGrain> log)
{
    public ICallbackSender Sender => sender;

    public ISecretVault Vault => vault;

    public TriggerMeters Meters => meters;

    public IGrainFactory Grains => grains;

    public TimeProvider Time => time;

    public ILogger Log => log;

    /// <summary>The clock.</summary>
    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Where a trigger's addresses are stored.</summary>
    public static SecretPlace PlaceOf(string triggerKey) => new("trigger", triggerKey, "address");

    /// <summary>How long after it is due a transition of an event fires; the same each time.</summary>
    public static Duration SpreadOf(string triggerKey, TriggeredEvent happened, Transition transition) =>
        SubscriptionLimits.Spread * Chance.Of($"{triggerKey} {happened.ClientId} {happened.EventId} {transition}");

    /// <summary>The key of a call.</summary>
    public string CallKeyOf(string calendarId, TriggeredEvent happened, string address, Transition transition, Instant due) =>
        GrainKeys.TriggerCall(
            keys, calendarId, happened.ClientId, happened.EventId, address, $"{transition} {due.ToUnixTimeTicks()}");
}

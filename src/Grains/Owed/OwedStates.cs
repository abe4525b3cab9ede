using System.Collections.Immutable;

namespace CalendarActors.Grains.Owed;

/// <summary>The states that hold owed work, and the grain type that each belongs to.</summary>
/// <remarks>
/// Such a state's name ends in <see cref="Suffix"/> (the storage statements know it) and its row exists only while work is
/// owed. Its grain implements <see cref="Interfaces.Owed.IOwesWork"/>.
/// </remarks>
public static class OwedStates
{
    /// <summary>The end of the name of every state that holds owed work.</summary>
    public const string Suffix = ".outbox";

    /// <summary>State name to grain type, as the grain class says in <c>[GrainType]</c>.</summary>
    public static ImmutableDictionary<string, string> GrainTypes { get; } = ImmutableDictionary.CreateRange(
        StringComparer.Ordinal,
        [
            KeyValuePair.Create(StorageNames.CalendarOutbox, "calendar"),
            KeyValuePair.Create(StorageNames.ConnectionOutbox, "connection"),
            KeyValuePair.Create(StorageNames.PersonFeed, "person"),
            KeyValuePair.Create(StorageNames.ChannelOutbox, "channel"),
            KeyValuePair.Create(StorageNames.TriggerCall, "trigger-call"),
            KeyValuePair.Create(StorageNames.ApplicationOutbox, "application"),
            KeyValuePair.Create(StorageNames.AuthorizationRequest, "authorization-request"),
            KeyValuePair.Create(StorageNames.PermissionRequest, "permission-request"),
            KeyValuePair.Create(StorageNames.Hold, "hold"),
        ]);
}

using NodaTime;

namespace CalendarActors.Domain.Providers;

/// <summary>What a watch is asked for.</summary>
/// <param name="Id">Random and unique, at most 64 characters of letters, digits, <c>-</c> and <c>_</c>. Ignored where the provider names it.</param>
/// <param name="Secret">Comes back with each notification: Google's channel token, Graph's clientState. At most 128 characters.</param>
/// <param name="Address">Where notifications go.</param>
/// <param name="LifecycleAddress">Where word about the watch itself goes; ignored by Google.</param>
/// <param name="Until">Wanted end.</param>
public sealed record WatchRequest(string Id, string Secret, Uri Address, Uri LifecycleAddress, Instant Until)
{
    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"WatchRequest({Id})";
}

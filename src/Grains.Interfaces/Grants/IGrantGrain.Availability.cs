using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Hosting;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Grants;

/// <remarks>When the person can be met.</remarks>
public partial interface IGrantGrain
{
    /// <summary>True for a good access token, and for an element token that may show and change when the person can be met.</summary>
    [Alias("admits"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<bool> Admits(ImmutableArray<byte> tokenHash, CancellationToken cancellationToken);

    /// <summary>The person's time, asked for by an application that proved itself.</summary>
    /// <returns>Not found for an application that this is no grant of.</returns>
    [Alias("member-times"), AlwaysInterleave]
    Task<GrantAnswer<MemberTimes>> MemberTimes(string clientId, MemberQuery query, CancellationToken cancellationToken);
}

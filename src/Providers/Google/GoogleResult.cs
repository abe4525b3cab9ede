using System.Diagnostics.CodeAnalysis;
using CalendarActors.Domain.Providers;

namespace CalendarActors.Providers.Google;

/// <summary>What a request came to.</summary>
/// <param name="Status">The answer's status; 0 when there was none.</param>
/// <param name="Value">What a success said; null when it failed.</param>
/// <param name="Fault">What went wrong; null when it succeeded.</param>
internal sealed record GoogleResult<T>(int Status, T? Value, ProviderFault? Fault)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsSuccess => Value is not null;

    /// <summary>True when the thing asked for is not there, or no longer.</summary>
    public bool IsGone => Status is 404 or 410;
}

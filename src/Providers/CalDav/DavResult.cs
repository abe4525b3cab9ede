using System.Diagnostics.CodeAnalysis;
using CalendarActors.Domain.Providers;

namespace CalendarActors.Providers.CalDav;

/// <summary>An answer, of whatever status, or the fault that kept one away.</summary>
internal sealed record DavResult(DavAnswer? Answer, ProviderFault? Fault)
{
    /// <summary>True when there is an answer.</summary>
    [MemberNotNullWhen(true, nameof(Answer))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsAnswered => Answer is not null;

    /// <summary>True when the answer was cut off because it is too long.</summary>
    public bool IsTooLarge { get; init; }
}

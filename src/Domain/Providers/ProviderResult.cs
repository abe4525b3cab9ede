using System.Diagnostics.CodeAnalysis;

namespace CalendarActors.Domain.Providers;

/// <summary>What a provider call came to: a value or a fault.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed record ProviderResult<T>
    where T : class
{
    private ProviderResult(T? value, ProviderFault? fault)
    {
        Value = value;
        Fault = fault;
    }

    /// <summary>The value; null when it failed.</summary>
    public T? Value { get; }

    /// <summary>What went wrong; null when it succeeded.</summary>
    public ProviderFault? Fault { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsSuccess => Fault is null;

    /// <summary>A success.</summary>
    public static implicit operator ProviderResult<T>(T value) => new(value, null);

    /// <summary>A failure.</summary>
    public static implicit operator ProviderResult<T>(ProviderFault fault) => new(null, fault);

    /// <summary>Prints the fault, never the value.</summary>
    public override string ToString() => IsSuccess ? "ok" : $"{Fault.Kind}: {Fault.Detail}";
}

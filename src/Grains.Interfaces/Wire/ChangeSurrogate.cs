using CalendarActors.Domain.Events;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="Change{T}"/> on the wire and in stored state.</summary>
/// <typeparam name="T">The field's type.</typeparam>
[GenerateSerializer, Alias("change`1")]
public struct ChangeSurrogate<T>
{
    /// <summary>See <see cref="Change{T}.IsSet"/>.</summary>
    [Id(0)]
    public bool IsSet { get; set; }

    /// <summary>The value when it is set.</summary>
    [Id(1)]
    public T? Value { get; set; }
}

/// <summary>Converts <see cref="Change{T}"/>.</summary>
/// <typeparam name="T">The field's type.</typeparam>
[RegisterConverter]
public sealed class ChangeConverter<T> : IConverter<Change<T>, ChangeSurrogate<T>>
{
    /// <inheritdoc/>
    public Change<T> ConvertFromSurrogate(in ChangeSurrogate<T> surrogate) =>
        surrogate.IsSet ? Change<T>.To(surrogate.Value!) : Change<T>.Keep;

    /// <inheritdoc/>
    public ChangeSurrogate<T> ConvertToSurrogate(in Change<T> value) =>
        new() { IsSet = value.IsSet, Value = value.Or(default!) };
}

namespace CalendarActors.Domain.Events;

/// <summary>A field of a change: left as it is, or set to a value, which may be "none".</summary>
/// <typeparam name="T">The field's type.</typeparam>
public readonly record struct Change<T>
{
    private readonly T _value;

    private Change(T value)
    {
        _value = value;
        IsSet = true;
    }

    /// <summary>The field stays.</summary>
    public static Change<T> Keep => default;

    /// <summary>True when the field is to be set.</summary>
    public bool IsSet { get; }

    /// <summary>The field is set to <paramref name="value"/>.</summary>
    public static Change<T> To(T value) => new(value);

    /// <summary>The field's value after the change.</summary>
    public T Or(T current) => IsSet ? _value : current;
}

using System.Collections.Immutable;

namespace CalendarActors.Grains.Interfaces.Grants;

/// <summary>What a call through a grant came to.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Outcome">How it ended.</param>
/// <param name="Value">The value when it ended well; else null.</param>
/// <param name="Errors">What is wrong with which field; empty unless <see cref="GrantOutcome.Invalid"/>.</param>
[GenerateSerializer, Immutable, Alias("grant-answer`1")]
public sealed record GrantAnswer<T>(
    [property: Id(0)] GrantOutcome Outcome,
    [property: Id(1)] T? Value,
    [property: Id(2)] ImmutableArray<FieldError> Errors)
    where T : class
{
    /// <summary>A good end.</summary>
    public static GrantAnswer<T> Ok(T value) => new(GrantOutcome.Ok, value, []);

    /// <summary>A bad end.</summary>
    public static GrantAnswer<T> Of(GrantOutcome outcome) => new(outcome, null, []);

    /// <summary>A wrong field.</summary>
    public static GrantAnswer<T> Invalid(string field, string key, string description) =>
        new(GrantOutcome.Invalid, null, [new FieldError(field, key, description)]);
}

/// <summary>One thing that is wrong with one field of a request.</summary>
/// <param name="Field">Path of the field, such as <c>attendees.invite[0].email</c>.</param>
/// <param name="Key">Such as <c>errors.required</c>.</param>
/// <param name="Description">In plain English.</param>
[GenerateSerializer, Immutable, Alias("field-error")]
public sealed record FieldError(
    [property: Id(0)] string Field, [property: Id(1)] string Key, [property: Id(2)] string Description);

using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Grains.Grants;

/// <summary>What is wrong with one of the people whom a request names, from what their grant answered.</summary>
internal static class MemberErrors
{
    /// <summary>None when the grant gave what it was asked for.</summary>
    /// <param name="field">Where in the request the person is named.</param>
    /// <param name="answer">Of the person's grant.</param>
    /// <param name="lacking">What to say where the scope is not enough.</param>
    public static IEnumerable<FieldError> Of<T>(string field, GrantAnswer<T> answer, string lacking)
        where T : class => answer.Outcome switch
        {
            GrantOutcome.Ok => [],
            GrantOutcome.Invalid => answer.Errors.Select(e => e with { Field = $"{field}.{e.Field}" }),
            GrantOutcome.InsufficientScope => [new FieldError($"{field}.sub", "errors.insufficient_scope", lacking)],
            _ => [new FieldError($"{field}.sub", "errors.not_recognized", "this is no account of this application")],
        };
}

namespace CalendarActors.Domain.Authorization;

/// <summary>What a browser element may be allowed, and what that amounts to.</summary>
/// <remarks>Source: docs.cronofy.com, "UI Elements: authentication"; what each element calls: the published bundle, 1.67.7.</remarks>
public static class ElementPermissions
{
    /// <summary>Show a person's schedule.</summary>
    public const string Agenda = "agenda";

    /// <summary>Show a person's profiles, and take them away.</summary>
    public const string AccountManagement = "account_management";

    /// <summary>Ask when people can meet.</summary>
    public const string Availability = "availability";

    /// <summary>Show and change when a person can be met.</summary>
    public const string ManagedAvailability = "managed_availability";

    /// <summary>Every word that may be asked for.</summary>
    public static IReadOnlyList<string> Known { get; } = [Agenda, AccountManagement, Availability, ManagedAvailability];

    /// <summary>What the words permit of what a grant permits: never more than reading.</summary>
    /// <param name="permissions">Known words.</param>
    /// <param name="granted">The grant's scope.</param>
    /// <returns>A scope, perhaps empty.</returns>
    public static string ScopeOf(IEnumerable<string> permissions, string granted)
    {
        string[] words = permissions.Contains(Agenda, StringComparer.Ordinal)
            ? [Scopes.ListCalendars, Scopes.ReadEvents, Scopes.ReadFreeBusy]
            : [Scopes.ListCalendars];
        return string.Join(' ', words.Where(word => Scopes.Permits(granted, word)));
    }
}

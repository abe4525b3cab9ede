namespace CalendarActors.Gateway.Api;

/// <summary>Shapes that many calls share.</summary>
internal static class ApiIds
{
    private const int MaxLength = 512;

    /// <summary>An account, an application calendar's account among them.</summary>
    public static ApiSchema Account { get; } = Key("^[a-z]{3}_[0-9A-Za-z]+$");

    /// <summary>A profile.</summary>
    public static ApiSchema Profile { get; } = Key("^pro_[0-9A-Za-z]+$");

    /// <summary>A calendar.</summary>
    public static ApiSchema Calendar { get; } = Key("^cal_[^/]+$");

    /// <summary>An application.</summary>
    public static ApiSchema Application { get; } = Key("^app_[0-9A-Za-z]+$");

    /// <summary>An event in our words.</summary>
    public static ApiSchema EventUid { get; } = Key("^evt_external_[0-9a-f]+$");

    /// <summary>An event in the application's words.</summary>
    public static ApiSchema EventId { get; } = ApiSchema.Text(255);

    /// <summary>A zone of the IANA database.</summary>
    public static ApiSchema Zone { get; } = ApiSchema.Formatted(null, 255, "^[A-Za-z0-9_+/-]+$");

    /// <summary>The name of a person, a profile, a calendar.</summary>
    public static ApiSchema Name { get; } = ApiSchema.Text(1024);

    /// <summary>A token, a code, a secret: not to be taken apart.</summary>
    public static ApiSchema Secret { get; } = ApiSchema.Formatted("password", 1024, null);

    /// <summary>Scopes, separated by spaces.</summary>
    public static ApiSchema Scope { get; } = ApiSchema.Formatted(null, 1024, "^[a-z_/ ]*$");

    private static ApiSchema Key(string pattern) => ApiSchema.Formatted(null, MaxLength, pattern);
}

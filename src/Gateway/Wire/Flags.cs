namespace CalendarActors.Gateway.Wire;

/// <summary>Reads truth values written as text: any letter case, as Python writes them, and digits, as PHP does.</summary>
internal static class Flags
{
    /// <summary>Null for anything else.</summary>
    public static bool? Parse(string? text) => text switch
    {
        "1" => true,
        "0" => false,
        _ => bool.TryParse(text, out bool value) ? value : null,
    };
}

namespace CalendarActors.Bench;

/// <summary>What a person reads.</summary>
internal static class Report
{
    public static void Title(string text) => Line($"\n{text}");

    public static void Line(string text) => Console.WriteLine(text);

    /// <summary>A ratio against its goal.</summary>
    public static void AtLeast(string what, double ratio, double goal) =>
        Line($"  {what,-60} {ratio,8:N2}   goal ≥ {goal:N2}   {(ratio >= goal ? "met" : "MISSED")}");

    /// <summary>A figure against its ceiling.</summary>
    public static void AtMost(string what, double figure, double goal, string unit) =>
        Line($"  {what,-60} {figure,8:N1} {unit}   goal ≤ {goal:N1} {unit}   {(figure <= goal ? "met" : "MISSED")}");
}

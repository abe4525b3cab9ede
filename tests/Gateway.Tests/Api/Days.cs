namespace CalendarActors.Gateway.Tests.Api;

/// <summary>Days around the day on which the tests began, as the wire writes them: what was written before midnight is read by the same names after it.</summary>
internal static class Days
{
    /// <summary>That day and the time of it.</summary>
    public static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    public static string Day(int ahead) => Today.AddDays(ahead).ToString("yyyy-MM-dd");

    public static string At(int ahead, string clock) => $"{Day(ahead)}T{clock}:00Z";
}

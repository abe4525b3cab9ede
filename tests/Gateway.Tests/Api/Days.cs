namespace CalendarActors.Gateway.Tests.Api;

/// <summary>Days around the host's today, as the wire writes them.</summary>
internal static class Days
{
    public static string Day(int ahead) => TimeProvider.System.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd");

    public static string At(int ahead, string clock) => $"{Day(ahead)}T{clock}:00Z";
}

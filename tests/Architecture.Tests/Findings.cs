namespace CalendarActors.Architecture.Tests;

/// <summary>Fails with everything found, not with the first.</summary>
internal static class Findings
{
    /// <summary>Passes when nothing was found.</summary>
    public static void None(IEnumerable<string> findings, string remedy)
    {
        string[] all = [.. findings.Distinct(StringComparer.Ordinal)];
        Assert.True(all.Length == 0, $"{remedy}\n  {string.Join("\n  ", all)}");
    }
}

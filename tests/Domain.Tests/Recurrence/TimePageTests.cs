using System.Globalization;
using CalendarActors.Domain.Recurrence;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>Limits that <c>docs/time.md</c> restates are those of the code.</summary>
public sealed class TimePageTests
{
    [Theory]
    [InlineData(nameof(RecurrenceLimits.MaxOccurrences), RecurrenceLimits.MaxOccurrences)]
    [InlineData(nameof(RecurrenceLimits.MaxSteps), RecurrenceLimits.MaxSteps)]
    public void TimePage_WhenItRestatesALimit_SaysItsValue(string name, int value)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CalendarActors.sln")))
        {
            folder = folder.Parent;
        }

        string page = File.ReadAllText(Path.Combine(folder!.FullName, "docs", "time.md"));
        string before = page[..page.IndexOf($"RecurrenceLimits.{name}", StringComparison.Ordinal)];

        Assert.Contains(value.ToString("N0", CultureInfo.InvariantCulture), before[^80..], StringComparison.Ordinal);
    }
}

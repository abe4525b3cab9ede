using System.Text.RegularExpressions;

namespace CalendarActors.Architecture.Tests;

/// <summary>docs/telemetry.md has every instrument; every alert counts one of them and has its paragraph.</summary>
public sealed partial class TelemetryPageTests
{
    private const string Page = "docs/telemetry.md";
    private const string Alerts = "docs/alerts.yml";

    [Fact]
    public void Page_WhenComparedWithTheCode_HasEveryInstrumentWithItsKindAndUnit() =>
        Assert.Equal(Instruments().Order(StringComparer.Ordinal), Rows().Order(StringComparer.Ordinal));

    [Fact]
    public void Alert_WhenItCounts_CountsAnInstrumentThatExists()
    {
        HashSet<string> known = [.. Instruments().Select(PrometheusName), "http_server_request_duration_seconds", "orleans_reminders_tardiness_seconds"];

        Findings.None(
            Repository.Lines(Alerts).Where(line => line.Contains("expr:", StringComparison.Ordinal))
                .SelectMany(line => Series().Matches(line).Select(match => match.Value))
                .Select(name => Suffix().Replace(name, ""))
                .Where(name => !known.Contains(name)),
            $"{Alerts} counts what nobody measures:");
    }

    [Fact]
    public void Alert_WhenNamed_HasItsParagraphInTheRunbook()
    {
        string[] alerts = Names(Alerts, "      - alert: ");

        Assert.True(alerts.Length > 10);
        Assert.Equal(alerts.Order(StringComparer.Ordinal), Names("docs/runbook.md", "## ").Order(StringComparer.Ordinal));
        Assert.Equal(
            alerts.Select(name => $"docs/runbook.md#{name.ToLowerInvariant()}"),
            Names(Alerts, "          runbook_url: "));
    }

    private static string[] Names(string file, string before) =>
    [
        .. Repository.Lines(file).Where(line => line.StartsWith(before, StringComparison.Ordinal)).Select(line => line[before.Length..]),
    ];

    /// <summary>As <c>name kind unit</c>.</summary>
    private static IEnumerable<string> Instruments() =>
        from file in Repository.Files("*Meters.cs")
        where file.StartsWith("src/", StringComparison.Ordinal)
        from Match match in Instrument().Matches(Repository.Read(file))
        let kind = match.Groups["kind"].Value switch
        {
            "UpDownCounter" => "gauge",
            var other => other.ToLowerInvariant(),
        }
        select $"{match.Groups["name"].Value} {kind} {match.Groups["unit"].Value}";

    private static IEnumerable<string> Rows() =>
        from line in Repository.Lines(Page)
        let match = Row().Match(line)
        where match.Success
        select $"{match.Groups["name"].Value} {match.Groups["kind"].Value} {match.Groups["unit"].Value}";

    private static string PrometheusName(string instrument)
    {
        string[] parts = instrument.Split(' ');
        string name = parts[0].Replace('.', '_') + (parts[2] == "s" ? "_seconds" : "");
        return parts[1] == "counter" ? name + "_total" : name;
    }

    [GeneratedRegex("""Create(?<kind>\w+)<\w+>\(\s*"(?<name>[a-z.]+)",\s*(unit: "(?<unit>\w+)",)?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instrument();

    [GeneratedRegex("""^\| `(?<name>[a-z.]+)` \| (?<kind>\w+) \| (?<unit>\w*) ?\|""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("""\b(calendar|feed|channel|trigger|http|orleans)_[a-z_]+\b(?!\s*[=!])""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Series();

    [GeneratedRegex("_(bucket|count|sum)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suffix();
}

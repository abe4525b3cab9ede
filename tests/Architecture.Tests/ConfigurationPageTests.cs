using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace CalendarActors.Architecture.Tests;

/// <summary>docs/configuration.md says what the options classes say.</summary>
public sealed partial class ConfigurationPageTests
{
    private const string Page = "docs/configuration.md";

    [Fact]
    public void Page_WhenComparedWithTheOptions_HasEveryKeyWithItsDefault() =>
        Findings.None(
            Options().Except(Rows()).Select(option => $"{option.Key} with default {option.Default}"),
            $"{Page} lacks:");

    [Fact]
    public void Page_WhenComparedWithTheOptions_HasNoOtherKey() =>
        Findings.None(
            Rows().Except(Options()).Select(row => $"{row.Key} with default {row.Default}"),
            $"{Page} has what no options class has:");

    /// <summary>Every setting as an environment variable; of a list its first entry.</summary>
    internal static IEnumerable<string> Keys() => Options().Select(o => o.Key);

    private static IEnumerable<(string Key, string Default)> Options() =>
        from project in Repository.Projects
        from type in TypeHabitTests.OptionsClasses(project)
        let section = (string)type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()!
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.SetMethod is { IsPublic: true } || IsList(property)
        select (
            Key: $"{section}:{property.Name}{(IsList(property) ? ":0" : "")}".Replace(":", "__", StringComparison.Ordinal),
            Default: Shown(property.GetValue(Activator.CreateInstance(type, nonPublic: true))));

    private static IEnumerable<(string Key, string Default)> Rows() =>
        Repository.Lines(Page).Select(line => Row().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups["key"].Value, match.Groups["default"].Value.Trim('`')));

    private static bool IsList(PropertyInfo property) =>
        property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType);

    private static string Shown(object? value) => value switch
    {
        null or "" => "none",
        bool flag => flag ? "true" : "false",
        string text => text,
        TimeSpan duration => duration.ToString("c", CultureInfo.InvariantCulture),
        IEnumerable list => list.Cast<object>().Any() ? "set" : "none",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    [GeneratedRegex(@"^\| `(?<key>CalendarActors__\w+)` \| (?<default>[^|]+?) \|", RegexOptions.None, 1000)]
    private static partial Regex Row();
}

using System.Reflection;

namespace CalendarActors.Architecture.Tests;

/// <summary>
/// Members of everything that travels or is stored, against the baseline <c>WireMembers.txt</c>: OrleansContracts.txt
/// knows methods, not members. A name may change; a number keeps its type for ever.
/// </summary>
public sealed class WireMembersTests
{
    private const string Baseline = "tests/Architecture.Tests/WireMembers.txt";
    private const string Retired = "*RETIRED* ";

    [Fact]
    public void Members_WhenComparedWithTheBaseline_AreThoseOfIt()
    {
        string[] now = [.. Members().Order(StringComparer.Ordinal)];
        if (Environment.GetEnvironmentVariable("WRITE_WIRE_MEMBERS") == "1")
        {
            File.WriteAllLines(Path.Combine(Repository.Root, Baseline), [.. Head(), .. now.Union(Entries()).Order(StringComparer.Ordinal)]);
        }

        string[] before = [.. Entries().Where(line => !line.StartsWith(Retired, StringComparison.Ordinal))];

        Findings.None(
            now.Except(before).Select(line => "+ " + line).Concat(before.Except(now).Select(line => "- " + line)),
            $"What travels changed. A type or number that is stored or on the wire must not; what is new is written with "
            + $"WRITE_WIRE_MEMBERS=1 dotnet test tests/Architecture.Tests, and committed with the change ({Baseline}). What is "
            + $"gone is marked \"{Retired}\" by hand, once no version that others are upgraded from speaks or stores it:");
    }

    [Fact]
    public void RetiredMember_WhenItsNumberIsLookedFor_IsNotUsedAgain()
    {
        HashSet<string> retired = [.. Entries().Where(line => line.StartsWith(Retired, StringComparison.Ordinal))
            .Select(line => Slot(line[Retired.Length..]))];

        Findings.None(Members().Where(member => retired.Contains(Slot(member))), "A retired number is never used again:");
    }

    // Alias, number, type: what a row or a message of another release is read by.
    private static IEnumerable<string> Members() =>
        from project in new[] { "Grains.Interfaces", "Grains" }
        from type in Repository.WrittenTypes(project)
        where type.GetCustomAttribute<GenerateSerializerAttribute>() is not null
        let alias = type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.FullName
        from member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let id = member.GetCustomAttribute<IdAttribute>()?.Id
        where id is not null
        select $"{alias} {id} {Name(member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType)}";

    private static IEnumerable<string> Head() => Repository.Lines(Baseline).TakeWhile(line => line.StartsWith('#'));

    private static IEnumerable<string> Entries() => Repository.Lines(Baseline).Where(line => line.Length > 0 && !line.StartsWith('#'));

    private static string Slot(string line) => string.Join(' ', line.Split(' ')[..2]);

    private static string Name(Type type) =>
        type.IsArray ? Name(type.GetElementType()!) + "[]"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(",", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}

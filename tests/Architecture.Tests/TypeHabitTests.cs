using System.Reflection;
using System.Runtime.CompilerServices;

namespace CalendarActors.Architecture.Tests;

/// <summary>Habits that the compiled types show.</summary>
public sealed class TypeHabitTests
{
    private static readonly string[] SaysNothing =
        ["Service", "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Common", "Core", "Base", "Info", "Data"];

    // Options of which any value is good.
    private static readonly string[] CannotBeWrong = ["CalendarActors.Silo.Secrets.KeyStoreOptions"];

    public static TheoryData<string> Projects => [.. Repository.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Class_WhenNotMadeForInheritance_IsSealedStaticOrAbstract(string project) =>
        Findings.None(
            Repository.WrittenTypes(project)
                .Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract)
                .Select(type => type.FullName!),
            "Seal these:");

    [Theory]
    [MemberData(nameof(Projects))]
    public void Type_WhenNamed_IsNamedForTheThingNotItsKind(string project) =>
        Findings.None(
            Repository.WrittenTypes(project)
                .Where(type => SaysNothing.Any(suffix => Plain(type).EndsWith(suffix, StringComparison.Ordinal)
                    || type.Namespace!.Split('.').Contains(suffix, StringComparer.Ordinal)))
                .Select(type => type.FullName!),
            "These suffixes say nothing (CONTRIBUTING.md):");

    [Fact]
    public void DomainType_WhenItHasProperties_LetsNobodySetThem() =>
        Findings.None(
            from type in Repository.WrittenTypes("Domain")
            where !Plain(type).EndsWith("Options", StringComparison.Ordinal)
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            where property.SetMethod is { IsPublic: true } setter && !IsInitOnly(setter)
            select $"{type.FullName}.{property.Name}",
            "Domain is immutable but for options:");

    [Theory]
    [MemberData(nameof(Projects))]
    public void OptionsClass_WhenBoundFromConfiguration_IsValidatedAtStart(string project) =>
        Findings.None(
            OptionsClasses(project).Where(type => !HasProblems(type) && !HasValidator(type))
                .Select(type => type.FullName!)
                .Except(CannotBeWrong),
            "Give it 'IEnumerable<string> Problems()', each with its remedy, or an IValidateOptions<T>:");

    /// <summary>Classes bound from a section of the configuration.</summary>
    internal static IEnumerable<Type> OptionsClasses(string project) =>
        Repository.WrittenTypes(project).Where(type =>
            type.Name.EndsWith("Options", StringComparison.Ordinal)
            && type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static) is not null);

    private static bool HasProblems(Type type) =>
        type.GetMethods().Any(method => method.Name == "Problems" && method.ReturnType == typeof(IEnumerable<string>));

    private static bool HasValidator(Type type) =>
        Repository.Projects.SelectMany(Repository.WrittenTypes).Any(candidate =>
            candidate.GetInterfaces().Any(i => i.Name == "IValidateOptions`1" && i.GenericTypeArguments[0] == type));

    private static bool IsInitOnly(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Plain(Type type) => type.Name.Split('`')[0];
}

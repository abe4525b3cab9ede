using System.Reflection;

namespace CalendarActors.Architecture.Tests;

/// <summary>What travels between processes and releases: names and numbers that never change by accident.</summary>
public sealed class ContractTests
{
    private static readonly string[] Projects = ["Grains.Interfaces", "Grains"];

    public static TheoryData<string> ProjectNames => [.. Projects];

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void TravellingType_WhenSerialized_HasAnAlias(string project) =>
        Findings.None(
            Travelling(project).Where(type => type.GetCustomAttribute<AliasAttribute>() is null).Select(type => type.FullName!),
            "A renamed class must still read its rows and messages: give it an [Alias]:");

    [Theory]
    [MemberData(nameof(ProjectNames))]
    public void TravellingMember_WhenSerialized_HasAnIdOfItsOwn(string project) =>
        Findings.None(
            Travelling(project).SelectMany(WithoutId).Concat(Travelling(project).SelectMany(WithSharedId)),
            "Each member that travels has its own [Id(n)], never reused:");

    [Fact]
    public void Alias_WhenGiven_IsGivenOnce() =>
        Findings.None(
            Projects.SelectMany(Travelling)
                .GroupBy(type => type.GetCustomAttribute<AliasAttribute>()?.Alias, StringComparer.Ordinal)
                .Where(group => group.Key is not null && group.Count() > 1)
                .Select(group => $"{group.Key}: {string.Join(", ", group.Select(type => type.Name))}"),
            "Two types with one alias cannot be told apart:");

    [Fact]
    public void GrainInterface_WhenDeclared_HasAliasAndType() =>
        Findings.None(
            GrainInterfaces()
                .Where(type => type.GetCustomAttribute<AliasAttribute>() is null
                    || (HasIdentity(type) && type.GetCustomAttribute<GrainInterfaceTypeAttribute>() is null))
                .Select(type => type.FullName!),
            "Give it [Alias] and [GrainInterfaceType]:");

    [Fact]
    public void GrainMethod_WhenDeclared_HasAnAliasAndEndsWithACancellationToken() =>
        Findings.None(
            from type in GrainInterfaces()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)
                || method.GetCustomAttribute<AliasAttribute>() is null
            select $"{type.Name}.{method.Name}",
            "[Alias] on it, CancellationToken last:");

    [Fact]
    public void GrainClass_WhenWritten_HasAGrainType() =>
        Findings.None(
            Repository.WrittenTypes("Grains")
                .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IGrainBase).IsAssignableFrom(type)
                    && type.GetCustomAttribute<GrainTypeAttribute>() is null)
                .Select(type => type.FullName!),
            "A renamed class must keep its grains: give it [GrainType]:");

    [Fact]
    public void State_WhenStored_IsASealedRecordThatNobodyElseSees() =>
        Findings.None(
            Repository.WrittenTypes("Grains")
                .Where(type => type.Name.EndsWith("State", StringComparison.Ordinal) && type is { IsClass: true, IsPublic: true })
                .Select(type => type.FullName!),
            "State is internal to Grains:");

    private static IEnumerable<Type> Travelling(string project) =>
        Repository.WrittenTypes(project)
            .Where(type => !type.IsEnum && type.GetCustomAttribute<GenerateSerializerAttribute>() is not null);

    private static IEnumerable<Type> GrainInterfaces() =>
        Projects.SelectMany(Repository.WrittenTypes).Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type));

    // An interface that only adds methods to others has no key, hence no identity of its own.
    private static bool HasIdentity(Type type) =>
        typeof(IGrainWithStringKey).IsAssignableFrom(type) || typeof(IGrainWithIntegerKey).IsAssignableFrom(type)
        || typeof(IGrainWithGuidKey).IsAssignableFrom(type);

    private static IEnumerable<string> WithoutId(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.SetMethod is not null && property.GetIndexParameters().Length == 0)
            .Where(property => property.GetCustomAttribute<IdAttribute>() is null)
            .Select(property => $"{type.FullName}.{property.Name} has none");

    private static IEnumerable<string> WithSharedId(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(member => member.GetCustomAttribute<IdAttribute>()?.Id)
            .Where(id => id is not null)
            .GroupBy(id => id)
            .Where(group => group.Count() > 1)
            .Select(group => $"{type.FullName}: {group.Key} is used {group.Count()} times");
}

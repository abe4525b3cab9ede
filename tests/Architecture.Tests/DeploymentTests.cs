using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace CalendarActors.Architecture.Tests;

/// <summary>The files of a deployment name what there is: no engine runs here that would say so.</summary>
public sealed partial class DeploymentTests
{
    private const string Dockerfile = "Dockerfile";

    private static readonly (string File, YamlMappingNode Root)[] Manifests =
    [
        .. from file in Repository.Files("*.yaml").Concat(Repository.Files("*.yaml.template"))
           where file.StartsWith("deploy/kubernetes/", StringComparison.Ordinal)
           from document in Load(file)
           select (file, (YamlMappingNode)document.RootNode),
    ];

    [Fact]
    public void Manifests_WhenRead_AreNamedObjectsOfOneNamespace()
    {
        Assert.True(Manifests.Length >= 8);
        Findings.None(
            from manifest in Manifests
            where Text(manifest.Root, "apiVersion") is null || Text(manifest.Root, "kind") is null
                || Text(manifest.Root, "metadata", "name") is null
                || Text(manifest.Root, "metadata", "namespace") != "calendaractors"
            select $"{manifest.File}: {Text(manifest.Root, "kind")} {Text(manifest.Root, "metadata", "name")}",
            "Without a kind, a name, or the namespace:");
    }

    [Fact]
    public void Manifests_ThatReferToOthers_NameOnesThatThereAre() => Findings.None(
        from manifest in Manifests
        from reference in Below(manifest.Root)
        from kind in new[] { (Key: "configMapRef", Kind: "ConfigMap"), (Key: "secretRef", Kind: "Secret") }
        let name = Text(reference, kind.Key, "name")
        where name is not null
            && !Manifests.Any(m => Text(m.Root, "kind") == kind.Kind && Text(m.Root, "metadata", "name") == name)
        select $"{manifest.File}: {kind.Kind} {name}",
        "There is no such object:");

    [Fact]
    public void Probes_WhenAsked_AreAnsweredAtAPathAndPortThatThereAre()
    {
        string routes = string.Concat(Repository.Code("src").Select(Repository.Read));
        (string File, string Path, string? Port, string[] Ports)[] probes =
        [
            .. from manifest in Manifests
               from container in Below(manifest.Root).Where(node => Text(node, "image") is not null)
               let ports = Below(container).Select(node => Text(node, "containerPort") is null ? null : Text(node, "name")).OfType<string>().ToArray()
               from node in Below(container)
               let path = Text(node, "httpGet", "path")
               where path is not null
               select (manifest.File, path, Text(node, "httpGet", "port"), ports),
        ];

        Assert.True(probes.Length >= 6);
        Findings.None(
            from probe in probes
            where !routes.Contains($"\"{probe.Path}\"", StringComparison.Ordinal) || !probe.Ports.Contains(probe.Port, StringComparer.Ordinal)
            select $"{probe.File}: {probe.Path} at {probe.Port}",
            "No such path or port:");
    }

    [Fact]
    public void Containers_OfManifests_RunAsNobodySpecialFromAStageOfTheDockerfile()
    {
        string[] stages = [.. Stage().Matches(Repository.Read(Dockerfile)).Select(m => m.Groups["name"].Value)];
        YamlNode[] pods = [.. Manifests.SelectMany(m => Below(m.Root)).Where(node => Child(node, "containers") is not null)];

        Assert.Equal(2, pods.Length);
        Assert.All(pods, pod =>
        {
            Assert.Equal("true", Text(pod, "securityContext", "runAsNonRoot"));
            YamlNode container = Assert.Single((YamlSequenceNode)Child(pod, "containers")!);
            Assert.Equal("false", Text(container, "securityContext", "allowPrivilegeEscalation"));
            Assert.Contains(Image().Match(Text(container, "image")!).Groups["stage"].Value, stages);
        });
    }

    [Fact]
    public void Settings_OfADeployment_AreOnesThatThereAre()
    {
        HashSet<string> known = [.. ConfigurationPageTests.Keys()];
        Findings.None(
            from file in Repository.Files("*").Where(f => f.StartsWith("deploy/", StringComparison.Ordinal)).Append(Dockerfile).Append("docker-compose.yml")
            from Match setting in Setting().Matches(Repository.Read(file))
            where !known.Contains(setting.Value) && !known.Contains(ListEntry().Replace(setting.Value, "__0"))
            select $"{file}: {setting.Value}",
            "No options class has it:");
    }

    [Fact]
    public void Images_WhenBuilt_StartAPublishedProjectAsAnotherUserThanRoot()
    {
        string text = Repository.Read(Dockerfile);
        string[] projects = [.. Repository.Files("*.csproj").Select(f => Path.GetDirectoryName(f)!.Replace('\\', '/'))];
        string[] published = Published().Match(text).Groups["projects"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(published.Length, Started().Count(text));
        Findings.None(published.Except(projects), "The Dockerfile publishes what is no project:");
        Findings.None(
            from Match started in Started().Matches(text)
            where !published.Any(p => Path.GetFileName(p) == started.Groups["folder"].Value
                && AssemblyOf(p) == started.Groups["assembly"].Value)
            select started.Value,
            "The Dockerfile starts what it does not publish:");
        Assert.Equal("USER $APP_UID", Assert.Single(User().Matches(text)).Value.Trim());
        Assert.Contains("HEALTHCHECK", text[text.IndexOf("AS runtime", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private static string AssemblyOf(string folder)
    {
        string project = Repository.Files("*.csproj").Single(f => f.StartsWith(folder + "/", StringComparison.Ordinal));
        return $"CalendarActors.{Repository.ProjectName(project)}";
    }

    private static IEnumerable<YamlDocument> Load(string file)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(Repository.Read(file)));
        return stream.Documents;
    }

    private static IEnumerable<YamlNode> Below(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.Values.SelectMany(Below).Prepend(node),
        YamlSequenceNode list => list.SelectMany(Below),
        _ => [],
    };

    private static YamlNode? Child(YamlNode node, string key) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;

    private static string? Text(YamlNode node, params string[] path) =>
        (path.Aggregate((YamlNode?)node, (at, key) => at is null ? null : Child(at, key)) as YamlScalarNode)?.Value;

    [GeneratedRegex(@"^FROM \S+ AS (?<name>\w+)", RegexOptions.Multiline, 1000)]
    private static partial Regex Stage();

    [GeneratedRegex(@"/calendaractors-(?<stage>\w+):", RegexOptions.None, 1000)]
    private static partial Regex Image();

    [GeneratedRegex(@"CalendarActors__\w+", RegexOptions.None, 1000)]
    private static partial Regex Setting();

    // The entries of a list may be numbered or named.
    [GeneratedRegex(@"__\w+?$", RegexOptions.RightToLeft, 1000)]
    private static partial Regex ListEntry();

    [GeneratedRegex(@"for project in (?<projects>[^;]+);", RegexOptions.None, 1000)]
    private static partial Regex Published();

    [GeneratedRegex(@"COPY --from=build /out/(?<folder>\w+) \.\n(?:(?!FROM).*\n)*?ENTRYPOINT \[""dotnet"", ""(?<assembly>[\w.]+)\.dll""\]", RegexOptions.None, 1000)]
    private static partial Regex Started();

    [GeneratedRegex(@"^USER .*$", RegexOptions.Multiline, 1000)]
    private static partial Regex User();
}
